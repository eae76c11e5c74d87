import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptSignals } from '../../../functions/aws/kept-signals.ts';
import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import { messagesOf, Replay, type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { HOUR, idOf, MINUTE, minuteOf, type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** SIMULATION_RUNS=500 asks for more than every run of the tests can afford. */
const RUNS = Number(process.env.SIMULATION_RUNS ?? 15);

const ruleSets: readonly (readonly Rule[])[] = [
  [],
  [ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 600 } })],
  [
    ruleSchema.parse({
      id: 'no',
      name: 'No',
      conditions: { alertPattern: '^a ' },
      actions: { createIncident: false },
    }),
    ruleSchema.parse({
      id: 'all',
      name: 'All',
      group: { by: ['source'] },
      conditions: { severity: 'P1_CRITICAL' },
    }),
  ],
];

const step = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  state: fc.constantFrom('firing' as const, 'resolved' as const),
  after: fc.integer({ min: 20, max: 1_500 }),
  service: fc.constantFrom('checkout', 'search'),
});

interface Incident {
  readonly openedAt: number;
  readonly severity: string;
  readonly key: string | undefined;
  readonly alerts: readonly string[];
}

const sorted = (incidents: readonly Incident[]) =>
  incidents.map((one) => JSON.stringify({ ...one, alerts: one.alerts.toSorted() })).toSorted();

async function happened(detection: DetectionOnEngine): Promise<readonly string[]> {
  const { incidents, entries } = await detection.read();
  return sorted(
    [...incidents.values()]
      .filter((one) => one.state !== 'resolved' || one.mergedInto === undefined)
      .map(({ id, openedAt, severity, correlation }) => ({
        ...{ openedAt, severity, key: correlation?.key },
        alerts: [...new Set(entries.get(id)?.map(({ fingerprint }) => fingerprint))],
      })),
  );
}

async function replayed(
  org: OrganisationId,
  rules: readonly Rule[],
  until: number,
): Promise<readonly string[]> {
  const replay = new Replay(org, rules);
  const minutes = [minuteOf(epoch), minuteOf(until)] as const;
  for await (const { signals } of keptSignals(org, { minutes, most: 1_000, now: epoch }))
    for (const message of messagesOf(org, signals)) replay.receive(message);
  const { incidents } = replay.finish(until);
  return sorted(
    incidents.map(({ openedAt, severity, key, alerts }) => ({ openedAt, severity, key, alerts })),
  );
}

it('what was kept, played through the rules that were in force, makes the incidents that there were', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ruleSets),
      fc.array(step, { minLength: 1, maxLength: 14 }),
      async (rules, steps) => {
        const org = idOf('organisation', epoch, `replayed ${run++}`);
        const detection = new DetectionOnEngine(org, rules);
        let at = 0;
        for (const { name, state, after, service } of steps) {
          at += after;
          detection.now = epoch + at * SECOND - 1;
          await detection.settle();
          const message: SignalsMessage = { ...post(signal(name, state, at, { service })), org };
          detection.now = message.receivedAt;
          await detection.receive([message]);
        }
        detection.now = epoch + at * SECOND + MINUTE;
        await detection.settle();
        expect(await replayed(org, rules, epoch + at * SECOND + HOUR)).toEqual(await happened(detection));
      },
    ),
    { numRuns: RUNS },
  );
}, 120_000);
