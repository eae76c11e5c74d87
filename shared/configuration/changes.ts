import { clipped, cut, isRecord, isSame, type JsonRecord, MASK, masked } from '../kernel/index.ts';
import type { Configuration } from './configuration.ts';
import { listNames } from './lists.ts';

/** A field that would change, and in short what it says and would say; absent where there is or would be nothing. */
export interface FieldChange {
  /** `policies[web].levels[0].delay`: entries of the lists by id, what is inside of them by place. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** The first fields that would change, and how many more there are. */
export interface Changes {
  readonly changes: FieldChange[];
  readonly moreChanges: number;
}

/** The most fields that are told of one plan. */
export const MOST_CHANGES = 100;
/** The most bytes of one value. */
const MOST_BYTES = 200;
/** How much is shown before the place where two long texts begin to differ. */
const LEAD = 20;

/** What differs between two configurations, field by field, in entries that both have and in the settings. */
export function changesOf(before: Configuration, after: Configuration): Changes {
  const differences = [
    ...listNames.flatMap((name) => {
      const old = new Map<string, unknown>(before[name].map((entry) => [entry.id, entry]));
      const kept = after[name].filter(({ id }) => old.has(id));
      return kept.flatMap((entry) => differencesOf(`${name}[${nameIn(entry.id)}]`, old.get(entry.id), entry));
    }),
    ...differencesOf('detection', before.detection, after.detection),
    ...differencesOf('warRoom', before.warRoom, after.warRoom),
    ...differencesOf('runbooks', before.runbooks, after.runbooks),
    ...shadowDifferences(before, after),
  ];
  const changes = differences.slice(0, MOST_CHANGES).map(inShort);
  return { changes, moreChanges: differences.length - changes.length };
}

/**
 * Rules that shall be watched are mostly those in force with a few changes: where they come, only what differs from those is told, and
 * where they go, how many.
 */
function shadowDifferences(
  { shadow: before }: Configuration,
  { shadow: after, rules }: Configuration,
): readonly Difference[] {
  if (before && after) return differencesOf('shadow', before, after);
  if (after)
    return [
      { path: 'shadow', before: undefined, after: 'what differs from the rules in force' },
      ...differencesOf('shadow.rules', rules, after.rules),
    ];
  return before ? [{ path: 'shadow', before: `(${before.rules.length} rules)`, after: undefined }] : [];
}

interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The smallest parts that differ. A list of plain values is one part: by place, one more at its start would change them all. */
function differencesOf(path: string, before: unknown, after: unknown): readonly Difference[] {
  if (isSame(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (![...before, ...after].some(isRecord)) return [{ path, before, after }];
    if ([...before, ...after].every(isNamed)) return entryDifferences(path, before, after);
    const places = before.length > after.length ? before : after;
    return places.flatMap((_, place) => differencesOf(`${path}[${place}]`, before[place], after[place]));
  }
  if (!isRecord(before) || !isRecord(after)) return [{ path, before, after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    differencesOf(`${path}${fieldIn(name)}`, own(before, name), own(after, name)),
  );
}

interface Named extends JsonRecord {
  readonly id: string;
}

const isNamed = (value: unknown): value is Named => isRecord(value) && typeof value.id === 'string';

/** Of entries with an id what each says, and their order: by place, one more at the start would change them all. */
function entryDifferences(
  path: string,
  before: readonly Named[],
  after: readonly Named[],
): readonly Difference[] {
  const [old, young] = [before, after].map((list) => new Map(list.map((entry) => [entry.id, entry])));
  const ids = [...new Set([...after, ...before].map(({ id }) => id))];
  const both = (list: readonly Named[]) =>
    list.flatMap(({ id }) => (old?.has(id) && young?.has(id) ? [id] : []));
  const [order, then] = [both(before), both(after)];
  return [
    ...ids.flatMap((id) => differencesOf(`${path}[${nameIn(id)}]`, old?.get(id), young?.get(id))),
    ...(isSame(order, then) ? [] : [{ path: `${path} (order)`, before: order, after: then }]),
  ];
}

const own = (record: JsonRecord, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const nameIn = (id: string): string => (/^[\w.-]+$/.test(id) ? id : JSON.stringify(id));
const fieldIn = (name: string): string => (/^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function inShort({ path, before, after }: Difference): FieldChange {
  const [old, young] = [textOf(path, before), textOf(path, after)];
  const start = old === undefined || young === undefined ? 0 : differFrom(old, young);
  return {
    path,
    ...(old !== undefined && { before: excerpt(old, start) }),
    ...(young !== undefined && { after: excerpt(young, start) }),
  };
}

/** A value as text without secrets: texts as they are, all else as JSON. */
function textOf(path: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : isNamed(value) ? titleOf(value) : JSON.stringify(value);
  // Whoever has the address of a workflow or a webhook may post to it, so it is told only where it leads.
  if (/^people\[[^\]]*\]\.(?:teams|webhook)$/.test(path))
    return URL.canParse(text) ? `${new URL(text).origin}/${MASK}` : MASK;
  return masked(text, text.length * 3);
}

const titleOf = ({ id, name }: Named): string => (typeof name === 'string' ? name : id);

/** Where two texts begin to differ; the start, when what differs is masked in both. */
function differFrom(one: string, other: string): number {
  if (one === other) return 0;
  let place = 0;
  while (one[place] === other[place]) place++;
  return place;
}

/** So much of a text that it is short and shows what stands at a place. */
function excerpt(text: string, place: number): string {
  if (clipped(text, MOST_BYTES) === text) return text;
  const passed = cut(text, Math.max(0, place - LEAD)).length;
  return clipped(passed === 0 ? text : `…${text.slice(passed)}`, MOST_BYTES);
}
