import { alertLimits } from '../../alerts/index.ts';
import { type Cost, crowding, type Need } from '../../kernel/index.ts';
import { TEXT } from './asked.ts';

/** A pattern, where it looks, what it costs there, and the texts of which one must stand there. */
export interface Asking extends Cost {
  readonly key: string;
  readonly need: Need | undefined;
}

/** How often it is read anew, since rules set another title or service and those after them ask again. */
export type Times = (key: string) => number;

/** Nanoseconds for patterns that are always asked, for those that are asked where a text stands, and how many they are in all. */
export interface AskedAtWorst {
  readonly always: number;
  readonly texts: number;
  readonly patterns: number;
}

/** What asking a pattern costs beside the characters of its text. */
const PATTERN = 100;
/** What looking into the title adds, where the text that it needs stands in the description. */
const PART = 30;

/** The patterns of one field or label, and what looking for all texts costs there for each character. */
interface Place {
  readonly key: string;
  readonly size: number;
  readonly always: readonly Asking[];
  readonly byText: ReadonlyMap<string, readonly Asking[]>;
  readonly crowd: number;
}

/** What patterns cost for the alert of which they ask most. */
export function askedAtWorst(
  askings: readonly Asking[],
  crowds: ReadonlyMap<string, number>,
  times: Times,
): AskedAtWorst {
  const placesOf = (all: readonly Asking[]) =>
    [...Map.groupBy(all, ({ key }) => key)].map(([key, of]) => placeOf(key, of, crowds.get(key) ?? 0));
  const alone = placesOf(askings);
  const more = crowding(alone.reduce((all, place) => all + machinesIn(place), 0));
  const crowded = (one: Asking): Asking => (one.isMachine ? { ...one, each: one.each + more } : one);
  const places = more === 0 ? alone : placesOf(askings.map(crowded));
  const isField = ({ key }: Place) => key.startsWith('@');
  const fields = places.filter(isField).map((place) => ofField(place, times(place.key)));
  const all = [...fields, ofLabels(places.filter((place) => !isField(place)))];
  return { always: sum(all, 'always'), texts: sum(all, 'texts'), patterns: sum(all, 'patterns') };
}

const sum = <Name extends string>(all: readonly Readonly<Record<Name, number>>[], name: Name): number =>
  all.reduce((before, one) => before + one[name], 0);

/** The most characters that a rule reads there. */
function sizeOf(key: string): number {
  if (key === TEXT) return alertLimits.title + alertLimits.description + 1;
  if (key === '@title') return alertLimits.title;
  if (key === '@description') return alertLimits.description;
  return key.startsWith('@') ? alertLimits.service : alertLimits.labelValue;
}

function placeOf(key: string, askings: readonly Asking[], crowd: number): Place {
  const byText = new Map<string, Asking[]>();
  for (const one of askings)
    for (const text of one.need ?? []) {
      const others = byText.get(text);
      if (others) others.push(one);
      else byText.set(text, [one]);
    }
  const always = askings.filter(({ need }) => need === undefined);
  return { key, size: sizeOf(key), always, byText, crowd };
}

/** How many automata one alert can have asked there. */
function machinesIn({ size, always, byText }: Place): number {
  const count = (of: readonly Asking[]) => of.filter(({ isMachine }) => isMachine).length;
  return (
    count(always) +
    fitting(
      [...byText].map(([text, of]) => ({ text, cost: count(of), count: 0 })),
      size,
    ).cost
  );
}

/** What asking these costs beside the characters of their text. */
const begun = (of: readonly Asking[]): number => PATTERN * of.length + sum(of, 'once');

function ofField({ key, size, always, byText, crowd }: Place, times: number): AskedAtWorst {
  // Of title and description, what needs a text is run where that stands; what needs none, in both.
  const parts = key === TEXT ? 2 : 1;
  const looked = (of: readonly Asking[]) => begun(of) + (parts - 1) * PART * of.length;
  const found = [...byText].map(([text, of]) => ({
    ...{ text, count: of.length },
    cost: looked(of) + size * sum(of, 'each'),
  }));
  const { cost, count } = fitting(found, size);
  const asked = parts * begun(always) + size * sum(always, 'each');
  return {
    always: times * (asked + crowd * size),
    texts: times * cost,
    patterns: times * (always.length + count),
  };
}

/** An alert has so many characters in its labels: those of which each costs most are as long as can be. */
const LONG_LABELS = alertLimits.labelText / alertLimits.labelValue;

/** What asking costs whatever is read is counted for as many labels as there can be, with all texts that fit into them; each character for the dearest. */
function ofLabels(places: readonly Place[]): AskedAtWorst {
  const counts = dearest(
    places.map(({ always }) => always.length),
    alertLimits.labels,
  );
  const read = places.map(
    ({ size, always, crowd }) => size * (crowd + sum(always, 'each')) + sum(always, 'once'),
  );
  const found = places.flatMap(({ byText }) =>
    [...byText].map(([text, of]) => ({ text, cost: begun(of), count: of.length })),
  );
  const { cost, count } = fitting(found, alertLimits.labelText);
  const readWhereFound = places.map(({ size, byText }) => {
    const texts = [...byText].map(([text, of]) => ({ text, cost: size * sum(of, 'each'), count: of.length }));
    return fitting(texts, size).cost;
  });
  return {
    always: PATTERN * counts + dearest(read, LONG_LABELS),
    texts: cost + dearest(readWhereFound, LONG_LABELS),
    patterns: counts + count,
  };
}

const dearest = (costs: readonly number[], most: number): number =>
  costs
    .toSorted((one, other) => other - one)
    .slice(0, most)
    .reduce((all, one) => all + one, 0);

interface FoundText {
  readonly text: string;
  readonly cost: number;
  readonly count: number;
}

/** What the texts cost that stand in so many characters one behind the other: those that cost most for their length, the last one in part. */
function fitting(texts: readonly FoundText[], size: number) {
  const sorted = texts.toSorted(
    (one, other) =>
      other.cost / other.text.length - one.cost / one.text.length || one.text.length - other.text.length,
  );
  let [left, cost, count] = [size, 0, 0];
  for (const one of sorted) {
    if (left <= 0) break;
    cost += one.cost * Math.min(1, left / one.text.length);
    count += one.count;
    left -= one.text.length;
  }
  return { cost, count };
}
