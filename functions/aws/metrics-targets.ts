import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Targets } from '../../shared/metrics/index.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** The targets in force; version 0 is that nobody has set any. */
export interface StoredTargets {
  readonly version: number;
  readonly updatedAt?: Instant;
  readonly updatedBy?: string;
  readonly targets: Targets;
}

/** The targets of an organisation, read consistently. */
export async function loadTargets(org: OrganisationId): Promise<StoredTargets> {
  const row = await table.get<StoredTargets>(schema.metricsTargets.key({ org }));
  return row ?? { version: 0, targets: {} };
}

/** Stores the next version if `from` is still in force; undefined when somebody else was faster. */
export async function replaceTargets(
  org: OrganisationId,
  from: number,
  targets: Targets,
  by: { readonly actor: Actor; readonly at: Instant },
): Promise<StoredTargets | undefined> {
  const next = { version: from + 1, updatedAt: by.at, updatedBy: by.actor.id, targets };
  const put = { ...schema.metricsTargets.key({ org }), ...next };
  const { committed } = await table.transact([
    { put, ...(from === 0 ? { ifNew: true } : { ifVersion: from }) },
  ]);
  return committed ? next : undefined;
}
