import { type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import {
  type Grouping,
  type Head,
  headFields,
  leftOutAs,
  type Sample,
  type Setting,
  sampleOf,
} from '../../shared/metrics/index.ts';
import type { Component } from '../../shared/status/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { foldHistory, type Stretch } from '../aws/fold-history.ts';
import { loadTargets, type StoredTargets } from '../aws/metrics-targets.ts';
import { loadComponents, pageOfOrganisation } from '../aws/page-log.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/** What metrics are made of, and what was left out of them. */
export interface Loaded {
  readonly samples: readonly Sample[];
  readonly leftOut: { readonly merged: readonly Instant[]; readonly deleted: readonly Instant[] };
  readonly stored: StoredTargets;
  readonly nameOf: (by: Grouping, key: string) => string | undefined;
}

/** More incidents than this in one answer would take too long. */
const MOST = 50_000;

/** Every incident that was opened in a stretch, and all that are open: a fold at reading time, nothing of it is stored. */
export async function loadSamples(org: OrganisationId, stretch: Stretch, now: Instant): Promise<Loaded> {
  const known = loadSetting(org, now);
  const samples: Sample[] = [];
  const leftOut = { merged: [] as Instant[], deleted: [] as Instant[] };
  const take = async (heads: readonly Head[]) => {
    const setting = await known;
    for (const head of heads) {
      const reason = leftOutAs(head);
      if (reason === undefined) samples.push(sampleOf(head, setting));
      else leftOut[reason].push(head.openedAt);
    }
    return samples.length <= MOST;
  };
  const [{ stored, nameOf }] = await allDone([
    known,
    foldHistory<Head>(org, stretch, { only: headFields, take }),
  ]);
  if (samples.length > MOST) throw tooMany();
  return { samples, leftOut, stored, nameOf };
}

const tooMany = () =>
  new Refusal(
    'invalid',
    `More than ${MOST} incidents were opened then; ask for a shorter window.`,
    'query.from',
  );

/** What samples are given besides their incidents. */
export async function loadSetting(
  org: OrganisationId,
  now: Instant,
): Promise<Setting & Pick<Loaded, 'nameOf' | 'stored'>> {
  const [stored, { body }, components] = await allDone([
    loadTargets(org),
    loadConfiguration(org, tellLeftOut),
    loadComponents(org, pageOfOrganisation(org)),
  ]);
  const shown = components.filter(({ removedAt }) => removedAt === undefined);
  const teams = new Map(body.policies.map(({ id, name }) => [id, name]));
  const named = new Map<string, string>(components.map(({ id, name }) => [id, name]));
  return {
    firstTeam: body.policies[0]?.id,
    componentsOf: byService(shown),
    ...{ now, stored, versions: stored.versions },
    nameOf: (by, key) => (by === 'team' ? teams.get(key) : by === 'component' ? named.get(key) : undefined),
  };
}

function byService(components: readonly Component[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, services } of components)
    for (const service of services) found.set(service, [...(found.get(service) ?? []), id]);
  return found;
}

/** How many of the left out were opened in a window. */
export function countLeftOut({ leftOut }: Pick<Loaded, 'leftOut'>, { from, to }: Stretch) {
  const inside = (instants: readonly Instant[]) => instants.filter((at) => at >= from && at < to).length;
  return { merged: inside(leftOut.merged), deleted: inside(leftOut.deleted) };
}
