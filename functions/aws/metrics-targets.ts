import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Targets, TargetsVersion } from '../../shared/metrics/index.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** How many versions are read; what was opened before the earliest of them is judged by that one. */
const MOST = 500;

/** The targets in force, and all that were before, newest first; version 0 is that nobody has set any. */
export interface StoredTargets {
  readonly version: number;
  readonly targets: Targets;
  readonly versions: readonly TargetsVersion[];
  /** The one in force where an earlier program set it, which kept no versions. */
  readonly unkept?: TargetsVersion;
}

/** The head as it is stored; one of an earlier program names only the id of who set it. */
interface Head extends Omit<TargetsVersion, 'setAt' | 'setBy'> {
  readonly updatedAt: Instant;
  readonly updatedBy: string;
}

/** The targets of an organisation, read consistently. */
export async function loadTargets(org: OrganisationId): Promise<StoredTargets> {
  const head = await table.get<Head>(schema.metricsTargets.key({ org }));
  if (!head) return { version: 0, targets: {}, versions: [] };
  // Read after the head: its version is among them then, unless nobody kept it.
  const kept = await table.query<TargetsVersion>({
    partition: schema.metricsTargetsVersion.partition({ org }),
    prefix: schema.metricsTargetsVersion.sortPrefix,
    ...{ backwards: true, limit: MOST },
  });
  const { version, targets } = head;
  // What was set between the two readings is not in force yet for this one.
  const versions = kept.items.filter((one) => one.version <= version);
  if (versions[0]?.version === version) return { version, targets, versions };
  const unkept = versionOf(head);
  return { version, targets, versions: [unkept, ...versions], unkept };
}

/** A head of an earlier program, which kept no versions. */
function versionOf({ version, updatedAt, updatedBy, targets }: Head): TargetsVersion {
  return { version, setAt: updatedAt, setBy: { kind: 'person', id: updatedBy, name: updatedBy }, targets };
}

/** Stores the next version beside those before, if `from` is still in force; undefined when somebody else was faster. */
export async function replaceTargets(
  org: OrganisationId,
  { version: from, versions, unkept }: StoredTargets,
  targets: Targets,
  { actor, at }: { readonly actor: Actor; readonly at: Instant },
): Promise<StoredTargets | undefined> {
  const version = from + 1;
  const next: TargetsVersion = { version, setAt: at, setBy: actor, targets };
  const head: Head = { version, targets, updatedAt: at, updatedBy: actor.id };
  const guard = from === 0 ? { ifNew: true } : { ifVersion: from };
  const { committed } = await table.transact([
    { put: { ...schema.metricsTargets.key({ org }), ...head }, ...guard },
    ...[next, ...(unkept ? [unkept] : [])].map((one) => ({
      put: { ...schema.metricsTargetsVersion.key({ org, version: one.version }), ...one },
    })),
  ]);
  return committed ? { version, targets, versions: [next, ...versions] } : undefined;
}
