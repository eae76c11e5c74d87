import { serviceNamed } from '../alerts/index.ts';
import type { Configuration } from './configuration.ts';

const MOST_NEAR = 3;
/** Names that share less than this part of their pairs of letters are not told as near. */
const LEAST_ALIKE = 0.3;

/** A warning for each service that is named and not in the catalogue, with those whose names are nearest; none while there is no catalogue. */
export function catalogueWarnings(
  { services }: Pick<Configuration, 'services'>,
  named: readonly string[],
): readonly string[] {
  if (services.length === 0) return [];
  const known = services.map(({ id }) => id);
  return warningsOf(named, known, (name) => `There is no service '${name}' in the catalogue`);
}

/** A warning for each service that is named and that nothing open is of (`seen`), with the nearest of those: for who has no catalogue. */
export const unseenWarnings = (named: readonly string[], seen: readonly string[]): readonly string[] =>
  warningsOf(
    named,
    seen,
    (name) =>
      `No open incident and no alert in one is of service '${name}', and there is no catalogue to look it up in`,
  );

function warningsOf(
  named: readonly string[],
  there: readonly string[],
  lacks: (name: string) => string,
): readonly string[] {
  const known = new Set(there.map((id) => serviceNamed(id) ?? id));
  const unknown = named.filter((name) => !known.has(serviceNamed(name) ?? name));
  if (unknown.length === 0) return [];
  const all = [...known].map((id) => ({ id, pairs: pairsOf(id) }));
  return unknown.map((name) => {
    const near = nearest(name, all);
    const hint = near.length > 0 ? `nearest: ${near.join(', ')}` : 'none has a name like it';
    return `${lacks(name)}; ${hint}. It holds for alerts that name it so, and for no others.`;
  });
}

interface Entry {
  readonly id: string;
  readonly pairs: ReadonlySet<string>;
}

function nearest(name: string, known: readonly Entry[]): readonly string[] {
  const pairs = pairsOf(name);
  return known
    .map(({ id, pairs: own }) => ({ id, alike: alike(pairs, own) }))
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((a, b) => b.alike - a.alike || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_NEAR)
    .map(({ id }) => `'${id}'`);
}

/** The pairs of letters of a name, with its two ends. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = [' ', ...name.toLowerCase(), ' '];
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`));
}

/** Dice's coefficient: 1 for the same pairs, 0 for none. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / (a.size + b.size);
}
