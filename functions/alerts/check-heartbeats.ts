import { missed, untold } from '../../shared/alerts/index.ts';
import {
  type Duration,
  type Instant,
  type OrganisationId,
  Refusal,
  SECOND,
} from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import { allDone, throwAll } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { dueHeartbeats } from '../aws/heartbeats.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { type Tell, takeBeat } from './beat.ts';

/** What is not told in this time is left to the next run; ten seconds are all that a function has. */
const TELLING: Duration = 6 * SECOND;

/** A sweep that cannot send tells it in the next minute again, so nothing need wait in the table. */
const toQueue: Tell = (body) => sendTo(setting('alertQueue')).send([{ body, group: body.integration }]);

/** Tells of the heartbeats that did not call in time; gives how many. Each is noted, then told, then marked as told. */
export async function checkHeartbeats(now: Instant): Promise<number> {
  const until = clock.now() + TELLING;
  const told = await allDone(Array.from({ length: shards.due }, (_, shard) => checkShard(shard, now, until)));
  return told.reduce((sum, count) => sum + count, 0);
}

/** Page after page; one that cannot be told holds up no other, and is thrown at the end. */
async function checkShard(shard: number, now: Instant, until: Instant): Promise<number> {
  const faults: unknown[] = [];
  let count = 0;
  for await (const page of dueHeartbeats(shard, now)) {
    const done = await Promise.allSettled(page.map(({ org, heartbeat }) => check(org, heartbeat.name, now)));
    faults.push(...done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])));
    count += done.filter((one) => one.status === 'fulfilled' && one.value).length;
    if (clock.now() >= until) break;
  }
  throwAll(faults, 'Missed heartbeats were not told');
  return count;
}

async function check(org: OrganisationId, name: string, now: Instant): Promise<boolean> {
  let told = false;
  try {
    await takeBeat(org, name, now, (heartbeat) => {
      const next = missed(heartbeat, now);
      return next && { heartbeat: next };
    });
    await takeBeat(
      org,
      name,
      now,
      (heartbeat) => {
        const beat = untold(heartbeat, now);
        told = beat !== undefined;
        return beat;
      },
      toQueue,
    );
  } catch (error) {
    // Removed since it was listed.
    if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
  }
  return told;
}
