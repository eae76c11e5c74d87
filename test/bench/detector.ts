import type { SQSBatchResponse } from 'aws-lambda';
import type { SignalsMessage } from '../../shared/alerts/index.ts';
import { idOf, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
import { env } from '../../shared/wiring/index.ts';
import { MemoryParameters } from '../simulation/engine/memory-parameters.ts';
import { MemoryQueues } from '../simulation/engine/memory-queues.ts';
import { MemorySecrets } from '../simulation/engine/memory-secrets.ts';
import { MemoryTable } from '../simulation/engine/memory-table.ts';
import { Environment } from '../simulation/environment.ts';
import type { Program } from '../simulation/program.ts';
import { Random } from '../simulation/random.ts';
import { settings, theQueues } from '../simulation/setting.ts';
import { stormProgram } from '../simulation/storm/storm-world.ts';
import { epoch } from '../support/signals.ts';
import { postOf, type Scene } from '../support/unit-scenes.ts';
import { figure, median, ratio, textTable } from './figures.ts';

/** As many as the queue hands over at once. */
const BATCH = 10;
const ROUNDS = 5;
/** Of one source no more may open incidents of their own within a minute. */
const APART = 40;

const scenes: readonly (readonly [name: string, scene: Scene])[] = [
  ['storm of ten alerts, 64 a POST', { posts: 300, alerts: 64, different: 10 }],
  ['storm of ten alerts, one a POST', { posts: 3_000, alerts: 1, different: 10 }],
  ['alerts that join one incident, 50 a POST', { posts: 60, alerts: 50, different: 3_000 }],
  [
    'alerts that open their own incidents, one a POST',
    { posts: 600, alerts: 1, different: 600, apart: true },
  ],
];

/** Alerts a second of one core in full batches: the detector as it is bundled over a table in memory, beside a loop that parses and counts. */
export async function detectorSpeed(): Promise<string> {
  const program = await stormProgram();
  const rows = [];
  for (const [name, scene] of scenes) rows.push([name, ...(await speedOf(program, scene))]);
  return [
    'detector: alerts a second of one core, full batches, a table in memory; beside a loop that parses the same messages and counts alerts by fingerprint',
    textTable(['', 'ours', 'baseline', 'ratio'], rows),
  ].join('\n');
}

async function speedOf(program: Program, scene: Scene): Promise<readonly string[]> {
  const batches = batchesOf(scene);
  const alerts = scene.posts * scene.alerts;
  const times: { readonly ours: number; readonly baseline: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const detector = new Detector(program, round);
    const ours = await cpuOf(async () => {
      for (const batch of batches) await detector.receive(batch);
    });
    const baseline = await cpuOf(() => countAll(batches));
    // The first time, code is compiled.
    if (round > 0) times.push({ ours, baseline });
  }
  const [ours, baseline] = [
    alerts / median(times.map((one) => one.ours)),
    alerts / median(times.map((one) => one.baseline)),
  ];
  return [figure(ours), figure(baseline), ratio(ours, baseline)];
}

/** Seconds of the processor. */
async function cpuOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function batchesOf(scene: Scene): readonly (readonly string[])[] {
  const bodies = Array.from({ length: scene.posts }, (_, i) => {
    const org = idOf('organisation', epoch, `speed ${scene.apart ? Math.floor(i / APART) : ''}`);
    return JSON.stringify(postOf(org as OrganisationId, scene, i));
  });
  return Array.from({ length: Math.ceil(bodies.length / BATCH) }, (_, i) =>
    bodies.slice(i * BATCH, (i + 1) * BATCH),
  );
}

function countAll(batches: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const body of batches.flat())
    for (const { fingerprint } of (JSON.parse(body) as SignalsMessage).signals)
      counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}

/** One environment of the detector, whose calls are answered at once. */
class Detector {
  private readonly environment: Environment;
  private received = 0;

  constructor(program: Program, seed: number) {
    const random = new Random(seed + 1);
    const now = () => epoch + MINUTE / 2;
    const around = { now, chance: () => random.next() };
    const secrets = new MemorySecrets({ [settings[env.secret] ?? '']: 'a secret of 32 letters or more' });
    const engines: Readonly<Record<string, { call(operation: string, input: unknown): unknown }>> = {
      ...{ dynamodb: new MemoryTable(around), sqs: new MemoryQueues({ ...around, queues: theQueues }) },
      ...{ secrets, ssm: new MemoryParameters() },
    };
    this.environment = new Environment('Detect', 1, 0, {
      ...{ program, variables: settings, random, now },
      send: async (_, service, operation, input) => engines[service]?.call(operation, input),
      pass: () => Promise.resolve(),
      logged: (_, level, message, fields) => {
        if (level === 'error') throw new Error(`${message} ${JSON.stringify(fields)}`);
      },
    });
  }

  async receive(bodies: readonly string[]): Promise<void> {
    const Records = bodies.map((body) => ({
      ...{ messageId: `m${++this.received}`, receiptHandle: `m${this.received}`, body },
      attributes: { SentTimestamp: String(epoch + MINUTE / 2), ApproximateReceiveCount: '1' },
      eventSourceARN: 'arn:aws:sqs:eu-central-1:1:alerts',
    }));
    const context = { getRemainingTimeInMillis: () => 10_000 };
    const answer = (await this.environment.handler({ Records }, context)) as SQSBatchResponse;
    if (answer.batchItemFailures.length > 0) throw new Error('A batch was not decided');
  }
}
