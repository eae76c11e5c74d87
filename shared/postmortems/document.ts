import { inline } from '../timeline/index.ts';
import type { Piece, Postmortem, Section } from './postmortem.ts';
import type { Sentence, Source } from './sentences.ts';

/** An action item as it stands now. */
export interface ActionItem {
  readonly text: string;
  readonly assignee?: string;
  /** A calendar day, `2026-11-28`. */
  readonly due?: string;
  readonly done: boolean;
}

/** A part of a document: Markdown, the drawing of the timeline, or the list of what its sentences rest on. */
export type Block =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'drawing' }
  | { readonly kind: 'sources'; readonly sources: readonly Source[] };

/** What a document calls itself. */
export const titleOf = ({ name, title }: Pick<Postmortem, 'name' | 'title'>): string =>
  `Post-mortem of ${name}: ${title}`;

/** A post-mortem as the document that all its forms are made of. */
export function documentOf(postmortem: Postmortem, actions: readonly ActionItem[]): readonly Block[] {
  const { name, title, status, sections, sources, template, upTo } = postmortem;
  const filled = filledBy(postmortem, actions);
  const made = `Generated from the facts up to number ${upTo}, by the template “${template.id}”, version ${template.version}.`;
  return [
    markdown(`# Post-mortem of ${name}: ${inline(title)}`),
    markdown(`Status: **${status}**. ${inline(made)}`),
    ...sections.flatMap((section) => sectionBlocks(section, filled)),
    ...orphans(postmortem),
    ...(sources.length === 0 ? [] : [markdown('## Sources'), { kind: 'sources' as const, sources }]),
  ];
}

const markdown = (text: string): Block => ({ kind: 'markdown', text });

interface Filled extends Pick<Postmortem, 'written' | 'draft' | 'analysis'> {
  readonly numbers: ReadonlyMap<string, number>;
  readonly actions: readonly ActionItem[];
}

const filledBy = (postmortem: Postmortem, actions: readonly ActionItem[]): Filled => ({
  ...postmortem,
  ...{ numbers: numbersOf(postmortem), actions },
});

/** What stands in each section now, as Markdown: what a person wrote, else what was generated. */
export function sectionTexts(
  postmortem: Postmortem,
  actions: readonly ActionItem[],
): ReadonlyMap<string, string> {
  const filled = filledBy(postmortem, actions);
  return new Map(postmortem.sections.map((section) => [section.name, sectionText(section, filled)]));
}

/** The sources are numbered as they are listed, from 1. */
const numbersOf = ({ sources }: Postmortem): ReadonlyMap<string, number> =>
  new Map(sources.map(({ id }, i) => [id, i + 1]));

function sectionText({ name, pieces }: Section, filled: Filled): string {
  const text = filled.written[name]?.text ?? pieces.map((piece) => pieceText(piece, filled)).join('\n\n');
  return text.trim() === '' ? NOTHING : text;
}

function sectionBlocks(section: Section, filled: Filled): readonly Block[] {
  const hasDrawing = section.pieces.some((piece) => piece.kind === 'filled' && piece.filling === 'timeline');
  return [
    markdown(`## ${inline(section.title)}`),
    ...(hasDrawing ? [{ kind: 'drawing' as const }] : []),
    markdown(sectionText(section, filled)),
  ];
}

const NOTHING = '_Nothing is on record._';

/** What people wrote in sections that the template has no longer: it is never lost. */
function orphans({ sections, written }: Postmortem): readonly Block[] {
  return Object.entries(written)
    .filter(([name]) => sections.every((section) => section.name !== name))
    .flatMap(([name, { text, title = name }]) => [markdown(`## ${inline(title)}`), markdown(text)]);
}

function pieceText(piece: Piece, filled: Filled): string {
  const { numbers, actions } = filled;
  if (piece.kind === 'words') return piece.text;
  if (piece.filling === 'action-items')
    return actions.length === 0 ? NOTHING : actions.map(actionLine).join('\n');
  const lines = piece.sentences.map((sentence) => sentenceText(sentence, numbers));
  if (lines.length === 0) return NOTHING;
  if (piece.filling === 'summary') return [lines.join(' '), ...draftOf('summary', filled)].join('\n\n');
  const list = lines.map((line) => `- ${line}`).join('\n');
  return piece.filling === 'root-cause' ? [list, ...draftOf('rootCause', filled)].join('\n\n') : list;
}

/** What a model wrote, always said to be that, below what is shown without it. */
function draftOf(part: 'summary' | 'rootCause', { draft, numbers, analysis }: Filled): readonly string[] {
  if (draft === undefined || draft[part].length === 0) return [];
  const said = draft[part].map((sentence) => sentenceText(sentence, numbers)).join(' ');
  const titles = draft.order.flatMap((id) => analysis.hypotheses.find((one) => one.id === id)?.title ?? []);
  const order = part === 'rootCause' && titles.length > 1 ? ` Its order: ${inline(titles.join('; '))}.` : '';
  return [`**Draft by the model ${inline(draft.model)}, checked by nobody yet.** ${said}${order}`];
}

/** With the numbers of its sources, each a link to it. */
function sentenceText({ text, cites }: Sentence, numbers: ReadonlyMap<string, number>): string {
  const links = cites.flatMap((cite) => {
    const number = numbers.get(cite);
    return number === undefined ? [] : [`[${number}](#source-${number})`];
  });
  return `${inline(text)} (${links.join(', ')})`;
}

function actionLine({ text, assignee, due, done }: ActionItem): string {
  const who = assignee === undefined ? 'nobody yet' : inline(assignee);
  return `- ${done ? 'Done: ' : ''}${inline(text)} (${who}${due === undefined ? '' : `, due ${due}`})`;
}
