import { missed, untold } from '../../shared/alerts/index.ts';
import { type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import { allDone } from '../aws/all-done.ts';
import { dueHeartbeats } from '../aws/heartbeats.ts';
import { takeBeat } from './beat.ts';

/** Heartbeats of one shard that one run looks at; the others are left to the next. */
const MOST = 50;

/** Tells of the heartbeats that did not call in time; gives how many. Each is noted, then told, then marked as told. */
export async function checkHeartbeats(now: Instant): Promise<number> {
  const due = await allDone(
    Array.from({ length: shards.due }, (_, shard) => dueHeartbeats(shard, now, MOST)),
  );
  const told = await allDone(due.flat().map(({ org, heartbeat }) => check(org, heartbeat.name, now)));
  return told.filter(Boolean).length;
}

async function check(org: OrganisationId, name: string, now: Instant): Promise<boolean> {
  let told = false;
  try {
    await takeBeat(org, name, now, (heartbeat) => {
      const next = missed(heartbeat, now);
      return next && { heartbeat: next };
    });
    await takeBeat(org, name, now, (heartbeat) => {
      const beat = untold(heartbeat, now);
      told = beat !== undefined;
      return beat;
    });
  } catch (error) {
    // Removed since it was listed.
    if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
  }
  return told;
}
