import { type Configuration, configurationWarnings } from '../../shared/configuration/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { listChannels } from '../aws/channel-settings.ts';
import { clock } from '../aws/clock.ts';

/** Reads what it takes to say what is odd about a configuration: before one is written, so that nothing fails behind it. */
export async function loadOddities(
  org: OrganisationId,
): Promise<(after: Configuration) => readonly string[]> {
  const channels = (await listChannels(org)).map(({ channel }) => channel);
  const at = clock.now();
  return (after) => configurationWarnings(after, { at, channels });
}
