/** Where something stands in a value: names of fields and places in lists, from the outside in. */
export type PathIn = readonly (string | number)[];

interface Place {
  readonly value: unknown;
  readonly path: Path | undefined;
}

interface Path {
  readonly step: string | number;
  readonly before: Path | undefined;
}

/**
 * Where a value has one half of a character that takes two (as `\ud800` in JSON) without the other, in a text or in the name of a field:
 * no table and no queue takes that. Undefined when all is whole. Takes any depth.
 */
export function halfIn(value: unknown): PathIn | undefined {
  const places: Place[] = [{ value, path: undefined }];
  for (let place = places.pop(); place; place = places.pop()) {
    if (isBroken(place)) return stepsTo(place.path);
    const { value: found, path: before } = place;
    if (typeof found !== 'object' || found === null) continue;
    const inside: readonly (readonly [string | number, unknown])[] = Array.isArray(found)
      ? found.map((one, at) => [at, one])
      : Object.entries(found);
    for (const [step, one] of inside.toReversed()) places.push({ value: one, path: { step, before } });
  }
  return undefined;
}

const isBroken = ({ value, path }: Place): boolean => isHalf(value) || isHalf(path?.step);

const isHalf = (value: unknown): boolean => typeof value === 'string' && !value.isWellFormed();

function stepsTo(path: Path | undefined): PathIn {
  const steps: (string | number)[] = [];
  for (let at = path; at; at = at.before) steps.push(at.step);
  return steps.reverse();
}
