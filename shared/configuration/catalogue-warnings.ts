import { serviceNamed } from '../alerts/index.ts';
import { nearest } from '../kernel/index.ts';
import type { Configuration } from './configuration.ts';

const MOST_NEAR = 3;

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
  return unknown.map((name) => {
    const near = nearest(name, known, MOST_NEAR).map((id) => `'${id}'`);
    const hint = near.length > 0 ? `nearest: ${near.join(', ')}` : 'none has a name like it';
    return `${lacks(name)}; ${hint}. It holds for alerts that name it so, and for no others.`;
  });
}
