import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { type LoadedConfiguration, loadConfiguration, loadNotes, loadVersion } from './configuration.ts';

/** A version of the configuration, and whether it was in force at the time that was asked after. */
export interface ConfigurationThen {
  readonly inForce: Pick<LoadedConfiguration, 'version' | 'updatedAt' | 'updatedBy' | 'body'>;
  readonly isThen: boolean;
  readonly today: LoadedConfiguration;
}

/** Versions that are looked through for the one of then, in steps. */
const [STEP, MOST] = [50, 500];

/** The configuration that was in force at a time, and today's; today's twice where nothing is noted of the one of then. */
export async function configurationThen(
  org: OrganisationId,
  at: Instant,
  onLeftOut: Parameters<typeof loadConfiguration>[1],
): Promise<ConfigurationThen> {
  const today = await loadConfiguration(org, onLeftOut);
  if (today.updatedAt === undefined || today.updatedAt <= at) return { inForce: today, isThen: true, today };
  for (let last = today.version - 1; last > 0 && today.version - last <= MOST; last -= STEP) {
    const versions = Array.from({ length: Math.min(STEP, last) }, (_, i) => last - i);
    const notes = await loadNotes(org, versions);
    const note = notes.find((one) => one !== undefined && one.at <= at);
    const found = note && (await loadVersion(org, note.version));
    if (!note || !found) continue;
    const inForce = {
      ...{ version: note.version, updatedAt: note.at, body: found.configuration },
      updatedBy: note.by.id,
    };
    return { inForce, isThen: true, today };
  }
  return { inForce: today, isThen: false, today };
}
