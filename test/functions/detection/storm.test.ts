import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCounts } from '../../../functions/aws/counts.ts';
import { countedUntil } from '../../../functions/aws/uncounted.ts';
import { log } from '../../../functions/edge/log.ts';
import { ruleSchema, stormHash } from '../../../shared/detection/index.ts';
import { HOUR, minuteOf } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { calm, disturbance } from '../../support/order/disturbance.ts';
import { type FaultyQueues, startFaultyQueues } from '../../support/order/faulty-queues.ts';
import { type FaultyTable, startFaultyTable } from '../../support/order/faulty-table.ts';
import { disturb } from '../../support/order/play.ts';
import { epoch, integration, post, signal } from '../../support/signals.ts';

const byAlert = ruleSchema.parse({ id: 'alert', name: 'By title', group: { by: ['title'] } });
const LIMIT = 20;
const WORKERS = 3;

let table: FaultyTable;
let queues: FaultyQueues;
let worlds = 0;
beforeAll(async () => {
  log.setLogLevel('SILENT');
  table = await startFaultyTable();
  queues = await startFaultyQueues();
});
afterAll(async () => {
  await queues.stop();
  await table.stop();
});

const seconds = (at: number) => epoch + at * 1_000;
const fires = (name: string, at: number) => signal(name, 'firing', at, { service: name });

describe('[F16] a storm of one integration that three workers take in together', () => {
  it.each([
    ['calm', 0],
    ['with faults and workers that die', 0.05],
  ] as const)(
    '%s: every alert is in exactly one incident, others are unharmed, and the counts are exact',
    async (_, probability) => {
      const trouble = probability === 0 ? calm : disturbance(7, probability);
      const world = new DetectionOnEngine(`org_STORM${++worlds}`, [byAlert], {
        ...{ stormLimit: LIMIT, disturbance: trouble, queues, endpoint: table.endpoint },
      });
      disturb({ table, queues }, trouble);
      const names = Array.from({ length: 240 }, (_, i) => `host ${i}`);
      for (let round = 0; round < 2; round++) {
        world.now = seconds(1 + round);
        const batches = Array.from({ length: WORKERS }, (_, worker) =>
          names.slice((round * WORKERS + worker) * 40, (round * WORKERS + worker + 1) * 40),
        );
        const other = { ...post(fires(`other ${round}`, 1)), integration: `int_OTHER${round}` as const };
        await Promise.all([
          ...batches.map((batch) =>
            world.receiveUntilDone([post(...batch.map((name) => fires(name, 1 + round)))]),
          ),
          world.receiveUntilDone([other]),
        ]);
      }
      disturb({ table, queues }, calm);
      const { incidents, entries, heads } = await world.read();
      const storms = [...incidents.values()].filter(
        ({ correlation }) => correlation?.hash === stormHash(integration),
      );
      expect(storms).toHaveLength(1);
      expect(incidents.size).toBeLessThanOrEqual(LIMIT + 1 + 2 + 2 * WORKERS);
      const members = [...entries.values()].map(
        (told) => new Set(told.map(({ fingerprint }) => fingerprint)),
      );
      for (const head of heads.values()) {
        expect(
          members.filter((set) => set.has(head.fingerprint)),
          head.title,
        ).toHaveLength(1);
        expect(head.memberships).toHaveLength(1);
      }
      expect(heads.size).toBe(names.length + 2);
      world.now += HOUR;
      await world.count();
      await world.sweepCounts();
      await world.count();
      const stretch = { minutes: [minuteOf(epoch), minuteOf(epoch)] as const, now: world.now };
      const counts = await readCounts(world.org, [...heads.keys()], {
        ...{ ...stretch, until: await countedUntil(world.org, world.now) },
      });
      expect([...(counts?.values() ?? [])].reduce((sum, { received }) => sum + received, 0)).toBe(
        names.length + 2,
      );
    },
    60_000,
  );
});
