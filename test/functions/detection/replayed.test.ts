import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptSignals } from '../../../functions/aws/kept-signals.ts';
import type { Rules } from '../../../functions/detection/ports.ts';
import type { Quiet } from '../../../shared/alerts/index.ts';
import { messagesOf, Replay } from '../../../shared/detection/index.ts';
import { idOf, minuteOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { anyWeek, type Week } from '../../support/any-week.ts';
import { DetectionInTime } from '../../support/detection-in-time.ts';
import { removeRows } from '../../support/detection-rows.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch } from '../../support/signals.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** The same 10 each day; `SIMULATION_RUNS=500` looks for others. */
const RUNS = Number(process.env.SIMULATION_RUNS ?? 10);
const looks = process.env.SIMULATION_RUNS === undefined ? { numRuns: RUNS, seed: 1 } : { numRuns: RUNS };

interface Told {
  readonly openedAt: number;
  readonly endedAt: number | undefined;
  readonly reopened: number;
  readonly severity: string;
  readonly title: string;
  readonly service: string | undefined;
  readonly policy: string | undefined;
  readonly rule: string | undefined;
  readonly key: string | undefined;
  readonly alerts: readonly string[];
  readonly pages: readonly number[];
}

/** In seconds after the beginning, so that what differs can be read. */
const sorted = (incidents: readonly Told[]) => incidents.map(lineOf).toSorted();

function lineOf({ openedAt, endedAt, reopened, alerts, pages, ...one }: Told): string {
  const ended = endedAt === undefined ? 'goes on' : `ended ${seconds(endedAt)}`;
  const paged = pages.toSorted((a, b) => a - b).map(seconds);
  const who = [...new Set(alerts)].map((alert) => alert.slice(0, 6)).toSorted();
  const { title, severity, service, policy, rule, key } = one;
  return [
    `${rule} ${key} of ${service ?? 'none'} for ${policy ?? 'the first'}: ${title}, ${severity}`,
    `opened ${seconds(openedAt)}, ${ended}, reopened ${reopened}, paged ${paged.join(' ')}, alerts ${who.join(' ')}`,
  ].join('; ');
}

const seconds = (at: number): number => (at - epoch) / 1_000;

/** What the worker made of it, incidents that were merged into another as part of that. */
async function happened(org: OrganisationId, inForce: Rules, { quiets, posts, end }: Week) {
  const worker = new DetectionInTime(org, inForce, quiets);
  await worker.begin();
  for (const message of posts) await worker.receive({ ...message, org });
  await worker.pass(end);
  const { incidents, entries } = await worker.read();
  const kept = (id: string): string => {
    const one = incidents.get(id as never);
    return one?.state === 'resolved' && one.mergedInto !== undefined ? kept(one.mergedInto) : id;
  };
  const whole = [...incidents.values()].filter(({ id }) => kept(id) === id);
  return sorted(
    whole.map((incident) => {
      const { id, openedAt, severity, title, service, policy, correlation, generation } = incident;
      const logs = [...entries].filter(([one]) => kept(one) === id);
      return {
        ...{ openedAt, severity, title, service, policy, rule: correlation?.rule, key: correlation?.key },
        endedAt: incident.state === 'resolved' ? incident.resolvedAt : undefined,
        reopened: generation - 1,
        alerts: logs.flatMap(([, told]) => told.map(({ fingerprint }) => fingerprint)),
        pages: worker.pages.filter((page) => kept(page.incident) === id).map(({ at }) => at),
      };
    }),
  );
}

async function replayed(
  org: OrganisationId,
  { rules, ...setting }: Rules,
  quiets: readonly Quiet[],
  end: number,
) {
  const replay = new Replay(org, rules, { ...setting, quiets });
  const minutes = [minuteOf(epoch), minuteOf(end)] as const;
  for await (const { signals } of keptSignals(org, { minutes, most: 10_000, now: epoch }))
    for (const message of messagesOf(org, signals)) replay.receive(message);
  return sorted(
    replay.finish(end).incidents.map(({ openedAt, severity, title, key, rule, alerts, pages, ...one }) => ({
      ...{ openedAt, severity, title, key, rule, alerts, pages, reopened: one.reopened },
      ...{ endedAt: one.endedAt, service: one.service, policy: one.policy },
    })),
  );
}

it(
  'what was kept, played through what was in force, makes the incidents and first pages that there were',
  async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(anyWeek, async (week) => {
        const org = idOf('organisation', epoch, `replayed ${run++}`);
        const inForce = { version: 0, ...week.inForce };
        const real = await happened(org, inForce, week);
        const simulated = await replayed(org, inForce, week.quiets, week.end);
        // What reads the table reads all of it.
        await removeRows(org, undefined);
        expect(simulated).toEqual(real);
      }),
      looks,
    );
  },
  120_000 + RUNS * 1_000,
);
