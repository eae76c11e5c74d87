import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { limits } from '../../limits.ts';
import { textOf } from '../../reading.ts';
import type { Signal, SignalState } from '../../signal.ts';
import type { Receipt, Translation } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { folded } from '../../text.ts';
import { tooMany } from '../../too-many.ts';
import { genericSignal, unwrapped } from './any.ts';
import { spareLabels } from './fields.ts';
import type { Mapping, Pointer, SeverityMapping, StateMapping } from './mapping.ts';
import { tokensOf, valueAt } from './pointer.ts';

/** Any JSON as signals where a mapping says what is where: what it finds stands for the fields that would be looked for. */
export function translateMapped(body: unknown, receipt: Receipt, mapping: Mapping): Translation {
  const found = mapping.items === undefined ? body : (valueAt(body, mapping.items) ?? body);
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (items.length > limits.signals) return tooMany(items.length);
  return { signals: items.map((item) => mappedSignal(item, body, receipt, mapping)) };
}

function mappedSignal(item: unknown, body: unknown, receipt: Receipt, mapping: Mapping): Signal {
  // With items, what the alerts of a body have in common may stand around them.
  const places = mapping.items === undefined ? [item] : [item, body];
  const found = definedIn({ ...findingsIn(places, mapping), key: keyIn(item, mapping.key) });
  const said = { ...withoutPointed(unwrapped(recordOf(item)), mapping), ...found };
  return genericSignal(said, receipt, { generic: Object.keys(found).length === 0 });
}

/** What the pointers find, under the names that come first where a generic body is read. */
function findingsIn(places: readonly unknown[], mapping: Mapping): JsonRecord {
  const at = (pointer: Pointer | undefined): unknown =>
    pointer === undefined
      ? undefined
      : places.map((place) => valueAt(place, pointer)).find((value) => value !== undefined && value !== null);
  const time = at(mapping.time);
  return {
    title: textOf(at(mapping.title)),
    description: textOf(at(mapping.description)),
    state: mapping.state && stateWith(textOf(at(mapping.state.at)), mapping.state),
    severity: mapping.severity && severityWith(textOf(at(mapping.severity.at)), mapping.severity),
    service: at(mapping.service),
    timestamp: time,
    ends_at: time,
    labels: at(mapping.labels),
    url: at(mapping.link),
  };
}

const definedIn = (record: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** A word of no list that means nothing to us either fires: who points at a state wants no other field asked for it. */
function stateWith(said: string | undefined, words: StateMapping): SignalState | undefined {
  if (said === undefined) return undefined;
  const is = (list: readonly string[] = []) => list.some((word) => folded(word) === folded(said));
  if (is(words.firing)) return 'firing';
  if (is(words.resolved)) return 'resolved';
  if (is(words.acknowledged)) return 'acknowledged';
  return stateOf(said) ?? 'firing';
}

function severityWith(said: string | undefined, { words = {} }: SeverityMapping): string | undefined {
  if (said === undefined) return undefined;
  return Object.entries(words).find(([word]) => folded(word) === folded(said))?.[1] ?? said;
}

/** What names the alert: of several places all together, so that no two lists of parts meet. */
function keyIn(item: unknown, key: Mapping['key']): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key === 'string') return textOf(valueAt(item, key));
  const parts = key.map((pointer) => textOf(valueAt(item, pointer)) ?? null);
  return parts.every((part) => part === null) ? undefined : JSON.stringify(parts);
}

/** Without the fields that are pointed at and have no other meaning, so that none is shown again as a label. */
function withoutPointed(said: JsonRecord, mapping: Mapping): JsonRecord {
  const { state, severity, key = [], title, description, service, time, link } = mapping;
  const pointers = [state?.at, severity?.at, title, description, service, time, link, key].flat();
  const pointed = new Set(pointers.flatMap((pointer) => (pointer === undefined ? [] : nameAt(pointer))));
  const spare = spareLabels(said);
  const isShown = (name: string) => !pointed.has(name) || !Object.hasOwn(spare, name);
  return Object.fromEntries(Object.entries(said).filter(([name]) => isShown(name)));
}

/** The field at the top that a pointer points at, if it points at one. */
function nameAt(pointer: Pointer): readonly string[] {
  const tokens = tokensOf(pointer);
  return tokens.length === 1 ? tokens : [];
}
