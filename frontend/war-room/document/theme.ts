import { defaultHighlightStyle, HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { colours } from './colours.ts';

const line = 'light-dark(#d5dbe2, #2d3844)';
const act = 'light-dark(#1b5dc9, #7eabff)';

/** How the editor looks, by the scheme of what is around it. */
export const look = EditorView.theme({
  '&': {
    color: 'light-dark(#1a2129, #e7ecf2)',
    backgroundColor: 'light-dark(#fff, #171f28)',
    border: `1px solid ${line}`,
    borderRadius: '6px',
    fontSize: '0.9375rem',
  },
  '&.cm-focused': { outline: `2px solid ${act}`, outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    lineHeight: '1.6',
    minHeight: '14rem',
    maxHeight: '32rem',
    overflow: 'auto',
  },
  '.cm-content': { padding: '1.25rem 0.75rem', caretColor: 'currentColor' },
  '.cm-placeholder': { color: 'light-dark(#55606c, #9ba8b6)' },
  '.cm-caret': {
    position: 'relative',
    marginLeft: '-1px',
    marginRight: '-1px',
    borderLeft: '2px solid var(--person)',
  },
  '.cm-name': {
    position: 'absolute',
    bottom: '100%',
    left: '-2px',
    padding: '0 0.3rem',
    borderRadius: '3px 3px 3px 0',
    backgroundColor: 'var(--person)',
    color: 'light-dark(#fff, #14191f)',
    font: '600 0.6875rem/1.5 system-ui, sans-serif',
    whiteSpace: 'nowrap',
    pointerEvents: 'none',
    animation: 'cm-told 3s forwards',
  },
  '.cm-caret:hover .cm-name': { animation: 'none' },
  '.cm-chosen': { backgroundColor: 'color-mix(in srgb, var(--person) 25%, transparent)' },
  // At once, not by and by: half of a colour cannot be read.
  '@keyframes cm-told': { from: { visibility: 'visible' }, to: { visibility: 'hidden' } },
  ...Object.fromEntries(colours.map((colour, i) => [`.cm-person-${i}`, { '--person': colour }])),
});

/** Marks of Markdown: weights and slants as usual, no line under headings, one colour that can be read in either scheme. */
export const highlights = HighlightStyle.define(
  defaultHighlightStyle.specs.map(({ color, textDecoration, ...spec }) => ({
    ...spec,
    ...(color !== undefined && { color: act }),
    ...(textDecoration !== undefined && spec.fontWeight === undefined && { textDecoration }),
  })),
);
