import { forgottenLists, type GivenConfiguration } from '../../shared/configuration/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import type { LoadedConfiguration } from '../aws/configuration.ts';

/** Refuses a document that leaves out a list in which something is now: whoever forgot it would lose it without a word. */
export function refuseForgotten(given: GivenConfiguration, { version, body }: LoadedConfiguration): void {
  const [first, ...others] = forgottenLists(given, body);
  if (first === undefined) return;
  const names = [first, ...others].map((name) => `'${name}'`).join(', ');
  throw new Refusal(
    'invalid',
    `The document has no ${names}, of which version ${version} has some. Send what shall be there; [] for none.`,
    `body.${first}`,
  );
}
