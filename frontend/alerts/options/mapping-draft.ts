import type { IntegrationOptions } from '../../../shared/alerts/options.ts';
import type { Severity } from '../../../shared/alerts/severity.ts';

type Mapping = NonNullable<IntegrationOptions['mapping']>;

/** What is pointed at by one pointer each. */
export const plainFields = ['items', 'title', 'description', 'service', 'time', 'labels', 'link'] as const;
export type PlainField = (typeof plainFields)[number];

export const wordFields = ['firing', 'acknowledged', 'resolved'] as const;
export type WordField = (typeof wordFields)[number];

/** What a word means as a severity. */
export interface SeverityWord {
  /** Tells it from the others while it is typed. */
  readonly id: number;
  readonly word: string;
  readonly severity: Severity;
}

/** A mapping as it is written in a form: pointers as text, several things in a field one in each line. */
export interface MappingDraft extends Readonly<Record<PlainField | WordField, string>> {
  readonly key: string;
  /** The key was set as a list, of which one entry names other alerts than the same pointer alone. */
  readonly isKeyList: boolean;
  readonly stateAt: string;
  readonly severityAt: string;
  readonly severityWords: readonly SeverityWord[];
}

/** What stands in a field for the pointer to the whole, which is an empty text. */
export const WHOLE = '""';

const shown = (pointer: string | undefined): string => (pointer === '' ? WHOLE : (pointer ?? ''));
const pointerIn = (text: string): string | undefined => {
  const said = text.trim();
  return said === WHOLE ? '' : said || undefined;
};
const linesOf = (parts: readonly string[] = []): string => parts.join('\n');
const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the form begins with. */
export function draftOf(mapping: Mapping = {}): MappingDraft {
  const { key, state, severity } = mapping;
  return {
    ...(Object.fromEntries(plainFields.map((name) => [name, shown(mapping[name])])) as Record<
      PlainField,
      string
    >),
    key: typeof key === 'string' || key === undefined ? shown(key) : linesOf(key.map(shown)),
    isKeyList: typeof key === 'object',
    stateAt: shown(state?.at),
    ...{ firing: linesOf(state?.firing), acknowledged: linesOf(state?.acknowledged) },
    resolved: linesOf(state?.resolved),
    severityAt: shown(severity?.at),
    severityWords: Object.entries(severity?.words ?? {}).map(([word, one], id) => ({
      id,
      word,
      severity: one,
    })),
  };
}

/**
 * The mapping that is written; undefined when nothing is, so that bodies are read as without one. What stands as it began is what it
 * was before: a field shows no blank at the end of a pointer and no line break, and need not have been looked at.
 */
export function mappingIn(draft: MappingDraft, before: Mapping = {}): Mapping | undefined {
  const first = draftOf(before);
  const mapping = definedIn({
    ...Object.fromEntries(
      plainFields.map((name) => [name, draft[name] === first[name] ? before[name] : pointerIn(draft[name])]),
    ),
    key: draft.key === first.key ? before.key : keyIn(draft),
    state: stateIn(draft, first, before.state),
    severity: severityIn(draft, first, before.severity),
  });
  return Object.keys(mapping).length === 0 ? undefined : (mapping as Mapping);
}

const definedIn = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

function keyIn({ key, isKeyList }: MappingDraft) {
  const pointers = linesIn(key).map((line) => pointerIn(line) ?? '');
  return pointers.length > 1 || (isKeyList && pointers.length > 0) ? pointers : pointers[0];
}

function stateIn(draft: MappingDraft, first: MappingDraft, before: Mapping['state']) {
  const at = draft.stateAt === first.stateAt ? before?.at : pointerIn(draft.stateAt);
  const words = wordFields.flatMap((name) => {
    const lines = draft[name] === first[name] ? (before?.[name] ?? []) : linesIn(draft[name]);
    return lines.length === 0 ? [] : [[name, lines] as const];
  });
  return at === undefined && words.length === 0 ? undefined : { at, ...Object.fromEntries(words) };
}

function severityIn(draft: MappingDraft, first: MappingDraft, before: Mapping['severity']) {
  const at = draft.severityAt === first.severityAt ? before?.at : pointerIn(draft.severityAt);
  const words = draft.severityWords.flatMap(({ id, word, severity }) => {
    const said = first.severityWords.some((one) => one.id === id && one.word === word) ? word : word.trim();
    return said === '' ? [] : [[said, severity] as const];
  });
  if (at === undefined && words.length === 0) return undefined;
  return { at, ...(words.length > 0 && { words: Object.fromEntries(words) }) };
}
