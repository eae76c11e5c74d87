import { WrongLine } from '../../infra/local/cli/wrong-line.ts';

/** What a command line gave for options that are whole numbers, by name, and the least and the most that each may be. */
export type Bounds<Name extends string> = Readonly<Record<Name, readonly [least: number, most: number]>>;

/**
 * Reads options of a command line that are whole numbers; those that were not given are left out. Throws one error that names
 * every one that is wrong, with what was got and what is allowed.
 */
export function wholeNumbers<Name extends string>(
  given: Readonly<Partial<Record<Name, string | undefined>>>,
  bounds: Bounds<Name>,
): Partial<Record<Name, number>> {
  const names = Object.keys(bounds) as Name[];
  const read = names.flatMap((name) => {
    const text = given[name];
    return text === undefined ? [] : [{ name, text, value: /^\d+$/.test(text) ? Number(text) : Number.NaN }];
  });
  const faults = read
    .filter(({ name, value }) => !(value >= bounds[name][0] && value <= bounds[name][1]))
    .map(
      ({ name, text }) =>
        `--${name}: got '${text}', allowed is a whole number from ${bounds[name].join(' to ')}`,
    );
  if (faults.length > 0) throw new WrongLine(faults.join('\n'));
  return Object.fromEntries(read.map(({ name, value }) => [name, value])) as Partial<Record<Name, number>>;
}
