import { defaultKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Transaction } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from 'y-codemirror.next';
import * as Y from 'yjs';
import { documentLimits } from '../../../shared/war-room/document/limits.ts';
import { cursorsOf } from './cursors.ts';
import type { DocumentProvider } from './provider.ts';
import { highlights, look } from './theme.ts';

export interface EditorOptions {
  readonly readOnly: boolean;
  readonly label: string;
  /** Whether the last change of this person was more than the document holds, and was not taken. */
  onFull(isFull: boolean): void;
}

/**
 * Shows the text of a document in an element, in a tree of its own: there CodeMirror adopts style sheets, where in the page it
 * would add a style element, which the content policy refuses.
 */
export function mountEditor(
  place: HTMLElement,
  provider: DocumentProvider,
  options: EditorOptions,
): EditorView {
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  const undoManager = new Y.UndoManager(provider.text);
  const view = new EditorView({ root, parent: root, state: stateOf(provider, undoManager, options) });
  const { destroy } = view;
  view.destroy = () => {
    destroy.call(view);
    undoManager.destroy();
  };
  return view;
}

function stateOf(
  provider: DocumentProvider,
  undoManager: Y.UndoManager,
  { readOnly, label, onFull }: EditorOptions,
) {
  const isTaken = (transaction: Transaction): boolean => {
    const isOfOthers = transaction.annotation(ySyncAnnotation) !== undefined;
    const { newDoc, startState } = transaction;
    if (isOfOthers || !transaction.docChanged) return true;
    const fits = newDoc.length <= Math.max(documentLimits.editorText, startState.doc.length);
    onFull(!fits);
    return fits;
  };
  return EditorState.create({
    doc: provider.text.toString(),
    extensions: [
      look,
      syntaxHighlighting(highlights),
      markdown({ completeHTMLTags: false }),
      EditorView.lineWrapping,
      EditorState.readOnly.of(readOnly),
      EditorView.editable.of(!readOnly),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'true' }),
      EditorState.changeFilter.of(isTaken),
      placeholder(
        readOnly ? 'Nothing is written yet.' : 'What do we know, what was tried, what is next? In Markdown.',
      ),
      yCollab(provider.text, null, { undoManager }),
      cursorsOf(provider),
      keymap.of([...yUndoManagerKeymap, ...defaultKeymap]),
    ],
  });
}
