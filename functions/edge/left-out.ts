import type { OrganisationId } from '../../shared/kernel/index.ts';
import { log } from './log.ts';

/** Parts of a stored version of an organisation's document that this program does not understand, in words. */
interface LeftOut {
  readonly org: OrganisationId;
  readonly version: number;
  readonly leftOut: readonly string[];
}

/** Elements that one log line names. */
const MOST_NAMED = 50;

/** Logs what another version of the program stored and this one leaves out. */
export function tellLeftOut({ org, version, leftOut }: LeftOut): void {
  const named = leftOut.slice(0, MOST_NAMED);
  log.error('not understood in the configuration', { org, version, count: leftOut.length, leftOut: named });
}
