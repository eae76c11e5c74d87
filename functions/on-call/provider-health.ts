import type { OrganisationId } from '../../shared/kernel/index.ts';
import { afterFailure, afterSuccess, beginTrial, type ProviderHealth } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from '../aws/clock.ts';
import { stored } from '../aws/incident-rows.ts';
import { table } from '../aws/table.ts';
import { log } from '../edge/log.ts';

/** A provider as one organisation uses it. */
export interface ProviderAt {
  readonly org: OrganisationId;
  readonly provider: string;
}

/** What becomes of it when several workers learn of a provider at once: so often one of them tries to have its say. */
const TRIES = 3;

/** What is known of a provider, read consistently; undefined when nothing is, or when it cannot be read now. */
export async function loadHealth(at: ProviderAt): Promise<ProviderHealth | undefined> {
  return asHint(at, async () => {
    const row = await table.get(schema.providerHealth.key(at));
    return row && stored<ProviderHealth>(row);
  });
}

/** Whether this worker is the one that finds out whether the provider works again. */
export async function takeTrial(at: ProviderAt, health: ProviderHealth): Promise<boolean> {
  return (await asHint(at, () => save(at, beginTrial(health, clock.now())))) ?? false;
}

/** Records that a provider did not work; the log tells when it is known to be down. */
export async function noteFailure(at: ProviderAt): Promise<void> {
  const before = await change(at, (health) => afterFailure(health, clock.now()));
  if (before?.after.downSince !== undefined && before.health?.downSince === undefined)
    log.warn('a provider of pages is known to be down', { ...at });
}

/** Records that a provider works, where that is news. */
export async function noteSuccess(at: ProviderAt): Promise<void> {
  const before = await change(at, (health) => afterSuccess(health, clock.now()));
  if (before?.health?.downSince !== undefined) log.warn('a provider of pages works again', { ...at });
}

interface Changed {
  readonly health: ProviderHealth | undefined;
  readonly after: ProviderHealth;
}

async function change(
  at: ProviderAt,
  next: (health: ProviderHealth | undefined) => ProviderHealth | undefined,
): Promise<Changed | undefined> {
  return asHint(at, async () => {
    for (let left = TRIES; left > 0; left--) {
      const row = await table.get(schema.providerHealth.key(at));
      const health = row && stored<ProviderHealth>(row);
      const after = next(health);
      if (!after) return undefined;
      if (await save(at, after)) return { health, after };
    }
    return undefined;
  });
}

async function save(at: ProviderAt, health: ProviderHealth): Promise<boolean> {
  const row = { ...schema.providerHealth.key(at), kind: 'provider', ...health };
  return table.put(row, health.version === 1 ? { ifNew: true } : { ifVersion: health.version - 1 });
}

/** No page waits or fails because this could not be read or written: it only decides which channel comes first. */
async function asHint<Value>(at: ProviderAt, act: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await act();
  } catch (error) {
    log.warn('the standing of a provider is not known', { ...at, error });
    return undefined;
  }
}
