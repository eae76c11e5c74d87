import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Targets, TargetsVersion } from '../../shared/metrics/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { table } from './table.ts';

/** How many versions are read; what was opened before the earliest of them is judged by that one. */
const MOST = 500;

/** The targets in force, and all that were before, newest first; version 0 is that nobody has set any. */
export interface StoredTargets {
  readonly version: number;
  readonly targets: Targets;
  readonly versions: readonly TargetsVersion[];
}

/** The head as it is stored; one of an earlier program names only the id of who set it. */
interface Head extends Omit<TargetsVersion, 'setAt' | 'setBy'> {
  readonly updatedAt: Instant;
  readonly updatedBy: string;
}

/** The targets of an organisation, read consistently. */
export async function loadTargets(org: OrganisationId): Promise<StoredTargets> {
  const [head, kept] = await allDone([
    table.get<Head>(schema.metricsTargets.key({ org })),
    table.query<TargetsVersion>({
      partition: schema.metricsTargetsVersion.partition({ org }),
      prefix: schema.metricsTargetsVersion.sortPrefix,
      ...{ backwards: true, limit: MOST },
    }),
  ]);
  if (!head) return { version: 0, targets: {}, versions: [] };
  const { version, targets } = head;
  // What was set between the two readings is not in force yet for this one.
  const versions = kept.items.filter((one) => one.version <= version);
  return {
    version,
    targets,
    versions: versions[0]?.version === version ? versions : [versionOf(head), ...versions],
  };
}

/** A head of an earlier program, which kept no versions. */
function versionOf({ version, updatedAt, updatedBy, targets }: Head): TargetsVersion {
  return { version, setAt: updatedAt, setBy: { kind: 'person', id: updatedBy, name: updatedBy }, targets };
}

/** Stores the next version beside those before, if `from` is still in force; undefined when somebody else was faster. */
export async function replaceTargets(
  org: OrganisationId,
  { version: from, versions }: StoredTargets,
  targets: Targets,
  { actor, at }: { readonly actor: Actor; readonly at: Instant },
): Promise<StoredTargets | undefined> {
  const version = from + 1;
  const next: TargetsVersion = { version, setAt: at, setBy: actor, targets };
  const head: Head = { version, targets, updatedAt: at, updatedBy: actor.id };
  const guard = from === 0 ? { ifNew: true } : { ifVersion: from };
  const { committed } = await table.transact([
    { put: { ...schema.metricsTargets.key({ org }), ...head }, ...guard },
    // The one before too: an earlier program did not keep it.
    ...[next, ...versions.slice(0, 1)].map((one) => ({
      put: { ...schema.metricsTargetsVersion.key({ org, version: one.version }), ...one },
    })),
  ]);
  return committed ? { version, targets, versions: [next, ...versions] } : undefined;
}
