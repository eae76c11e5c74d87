import { burdensIn, type Configuration } from '../../shared/configuration/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { entryWithin } from '../edge/input.ts';

type RuleSets = Pick<Configuration, 'rules' | 'shadow' | 'detection'>;

/** Refuses rules that would take too long for each alert, unless those in force take as long: then all else can still be changed. */
export function refuseDearer(wanted: RuleSets, inForce: RuleSets, place: string): void {
  const [first] = burdensIn(wanted, inForce);
  if (first) throw refusedAt(first, place, wanted);
}

/** The refusal of what does not agree, with its place in what was sent. */
export function refusedAt(
  { path, message }: { readonly path: readonly (string | number)[]; readonly message: string },
  place: string,
  sent: unknown,
): Refusal {
  const param = path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`),
    place,
  );
  return new Refusal('invalid', `${param}${entryWithin(path, sent)}: ${message}.`, param);
}
