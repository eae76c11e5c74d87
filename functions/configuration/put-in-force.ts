import {
  broughtWarnings,
  type Configuration,
  generatedReason,
  placesOtherwise,
  touchedBy,
  type VersionNote,
  withShadowSince,
} from '../../shared/configuration/index.ts';
import { type Ctx, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { type LoadedConfiguration, replaceConfiguration } from '../aws/configuration.ts';
import { outdated } from './in-force.ts';
import { refuseLarge } from './refuse-large.ts';

/** Puts a configuration in force in place of another, unless somebody else was faster: then it is refused with `precondition`. */
export async function putInForce(
  { org, actor }: Pick<Ctx, 'org' | 'actor'>,
  { inForce, from, wanted, why }: Change,
): Promise<PutInForce> {
  const at = clock.now();
  const whole = withShadowSince(inForce.body, wanted, toText(at));
  refuseLarge(whole);
  // Every version says why, or at least what: nobody finds an empty line in the history.
  const reason = generatedReason(inForce.body, whole);
  const touched = touchedBy(inForce.body, whole);
  const note = { at, actor, touched, placesOtherwise: placesOtherwise(inForce.body, whole), reason, ...why };
  const replaced = await replaceConfiguration(org, from, whole, note);
  if (replaced === undefined) throw outdated(from);
  const brought = broughtWarnings(inForce.body, whole);
  return { ...replaced, ...(brought.length > 0 && { brought }) };
}

/** What is in force now, and what the change brought that is odd, if anything. */
export interface PutInForce extends LoadedConfiguration {
  readonly brought?: readonly string[];
}

/** What is to be in force, in place of what, by the version that the change was made from, and why. */
interface Change {
  readonly inForce: LoadedConfiguration;
  readonly from: number;
  readonly wanted: Configuration;
  readonly why: Pick<VersionNote, 'reason' | 'restores'>;
}
