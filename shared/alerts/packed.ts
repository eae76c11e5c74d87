import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Instant } from '../kernel/index.ts';
import { contentOf, type KeptContent, type KeptFrom, type KeptSignal } from './kept.ts';
import type { Signal, SignalState } from './signal.ts';

/** Numbers, one for each signal; a single one where all are the same. */
type Column = number | readonly number[];

type Sender = Omit<KeptFrom, 'receipt' | 'receivedAt'>;

/**
 * Signals as columns: each text once, and numbers that are mostly small and alike, which is what compression is good at. Times of signals
 * count back from the receipt of their POST, those of POSTs from the one before.
 */
export interface PackedSignals {
  /** How many signals. */
  readonly n: number;
  readonly senders: readonly Sender[];
  /** Of each POST the place of its sender, and how long after the one before it was received. */
  readonly sender: Column;
  readonly after: Column;
  /** What receipts and fingerprints are, where they are not such that `ids` holds them. */
  readonly receipts?: readonly string[];
  readonly fingerprints?: readonly string[];
  /** A name stands for a content that is kept elsewhere. */
  readonly contents: readonly (KeptContent | string)[];
  /** Of each signal: places in the lists above, else its own. */
  readonly post: Column;
  readonly place: Column;
  readonly alert: Column;
  readonly content: Column;
  readonly state: Column;
  readonly age: Column;
  /** How long after its time it ends by itself; -1 where it goes on. */
  readonly ends: Column;
}

/** Packed signals, and beside them the bytes of ids, which no compression makes smaller: receipts of 16, then fingerprints of 32. */
export interface Packed {
  readonly body: PackedSignals;
  readonly ids: Uint8Array;
}

/** Packs signals. `isElsewhere` gives the name of a content that is kept elsewhere. */
export function packSignals(
  signals: readonly KeptSignal[],
  isElsewhere: (content: KeptContent) => string | undefined = () => undefined,
): Packed {
  const senders = new Places<Sender>();
  const posts = new Places<KeptFrom>();
  const alerts = new Places<string>();
  const contents = new Places<KeptContent>();
  const rows = signals.map(({ from, place, signal }) => {
    const content = contentOf(signal);
    return {
      ...{
        post: posts.of(`${from.receipt} ${from.receivedAt}`, from),
        place,
        alert: alerts.of(signal.fingerprint, signal.fingerprint),
      },
      ...{ content: contents.of(JSON.stringify(content), content), state: stateNumber(signal) },
      age: from.receivedAt - signal.at,
      ends: signal.until === undefined ? NO_END : signal.until - signal.at,
    };
  });
  const sender = posts.all.map((from) => {
    const { receipt: _, receivedAt: _at, ...one } = from;
    return senders.of(JSON.stringify(one), one);
  });
  const ids = bytesOf(
    posts.all.map(({ receipt }) => receipt),
    alerts.all,
  );
  const body: PackedSignals = {
    ...{ n: rows.length, senders: senders.all, sender: column(sender) },
    after: column(posts.all.map(({ receivedAt }, i) => receivedAt - (posts.all[i - 1]?.receivedAt ?? 0))),
    ...ids.texts,
    contents: contents.all.map((content) => isElsewhere(content) ?? content),
    ...{ post: column(rows.map(({ post }) => post)), place: column(rows.map((row) => row.place)) },
    ...{ alert: column(rows.map(({ alert }) => alert)), content: column(rows.map((row) => row.content)) },
    ...{ state: column(rows.map(({ state }) => state)), age: column(rows.map(({ age }) => age)) },
    ends: column(rows.map(({ ends }) => ends)),
  };
  return { body, ids: ids.bytes };
}

/** The names of contents that are kept elsewhere. */
export const namesElsewhere = ({ body }: Packed): readonly string[] =>
  body.contents.filter((content) => typeof content === 'string');

/** The signals again, in their order; `elsewhere` has what is kept elsewhere by its name. Without those of which that is gone. */
export function unpackSignals(
  { body, ids }: Packed,
  elsewhere: ReadonlyMap<string, KeptContent>,
): readonly KeptSignal[] {
  const { posts, fingerprints } = namesIn(body, ids);
  const contents = body.contents.map((content) =>
    typeof content === 'string' ? (elsewhere.get(content) ?? gone) : content,
  );
  return Array.from({ length: body.n }, (_, i) => i).flatMap((i): readonly KeptSignal[] => {
    const content = there(contents, at(body.content, i));
    if (content === gone) return [];
    const from = there(posts, at(body.post, i));
    const time = from.receivedAt - at(body.age, i);
    const ends = at(body.ends, i);
    const signal: Signal = {
      fingerprint: there(fingerprints, at(body.alert, i)),
      ...there(states, at(body.state, i)),
      at: time,
      ...(ends !== NO_END && { until: time + ends }),
      ...content,
      links: [],
    };
    return [{ from, place: at(body.place, i), signal }];
  });
}

/** The same without what signals say, for which nothing that is kept elsewhere is needed. */
export function unpackLines(packed: Packed): readonly KeptSignal[] {
  const said = packed.body.contents.map(() => nothing);
  return unpackSignals({ ...packed, body: { ...packed.body, contents: said } }, new Map());
}

/** Stands for a content that was kept elsewhere, and is no more. */
const gone = Symbol('gone');

const nothing: KeptContent = { labels: {}, flags: [] };

const RECEIPT = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const [RECEIPT_BYTES, FINGERPRINT_BYTES] = [16, 32];

function bytesOf(receipts: readonly string[], fingerprints: readonly string[]) {
  const areShort = receipts.every((one) => RECEIPT.test(one));
  const areDigests = fingerprints.every((one) => FINGERPRINT.test(one));
  const hex = [
    ...(areShort ? receipts.map((one) => one.replaceAll('-', '')) : []),
    ...(areDigests ? fingerprints : []),
  ];
  const texts = { ...(!areShort && { receipts }), ...(!areDigests && { fingerprints }) };
  return { bytes: hexToBytes(hex.join('')), texts };
}

function namesIn({ senders, sender, after, receipts, fingerprints, post }: PackedSignals, ids: Uint8Array) {
  const many = receipts?.length ?? 1 + largest(post);
  const split = receipts ? 0 : many * RECEIPT_BYTES;
  const hex = bytesToHex(ids);
  const named = receipts ?? pieces(hex.slice(0, 2 * split), 2 * RECEIPT_BYTES).map(dashed);
  let receivedAt: Instant = 0;
  const posts = named.map((receipt, i): KeptFrom => {
    receivedAt += at(after, i);
    return { ...there(senders, at(sender, i)), receipt, receivedAt };
  });
  return { posts, fingerprints: fingerprints ?? pieces(hex.slice(2 * split), 2 * FINGERPRINT_BYTES) };
}

const largest = (numbers: Column): number =>
  typeof numbers === 'number' ? numbers : numbers.reduce((most, one) => Math.max(most, one), 0);

const pieces = (text: string, length: number): readonly string[] =>
  Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length));

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Distinct values, each at the place at which it came first. */
class Places<Value> {
  readonly all: Value[] = [];
  readonly #places = new Map<string, number>();

  of(name: string, value: Value): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.all.push(value) - 1;
    this.#places.set(name, place);
    return place;
  }
}

function column(numbers: readonly number[]): Column {
  const [first = 0] = numbers;
  return numbers.every((one) => one === first) ? first : numbers;
}

const at = (numbers: Column, place: number): number =>
  typeof numbers === 'number' ? numbers : there(numbers, place);

const NO_END = -1;

/** What can be said of an alert's state, by the number that stands for it: only added to. */
const states: readonly { readonly state: SignalState; readonly unacknowledged?: true }[] = [
  { state: 'firing' },
  { state: 'acknowledged' },
  { state: 'resolved' },
  { state: 'firing', unacknowledged: true },
  { state: 'acknowledged', unacknowledged: true },
  { state: 'resolved', unacknowledged: true },
];

const stateNumber = ({ state, unacknowledged }: Signal): number =>
  states.findIndex((one) => one.state === state && one.unacknowledged === unacknowledged);

function there<Value>(list: readonly (Value | undefined)[], place: number): Value {
  const value = list[place];
  if (value === undefined)
    throw new RangeError(`Kept signals lack what stands at place ${place} of ${list.length}`);
  return value;
}
