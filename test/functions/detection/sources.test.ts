import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../../../functions/aws/incident-log.ts';
import { type SignalsMessage, type Source, sources } from '../../../shared/alerts/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../support/alert-fixture.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { org } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });

let engine: { stop(): Promise<void> };
let worlds = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** The recorded bodies of a source as accepted POSTs, a second apart; headers of each where there are any. */
function posts(
  source: Source,
  bodies: readonly (readonly [name: string, headers?: Record<string, string>])[],
) {
  return bodies.map(([name, headers = {}], i): SignalsMessage => {
    const receipt = { receipt: `${name} ${i}`, receivedAt: receivedAt + i * 1_000, integration, headers };
    const translation = sources[source].translate(fixture(`${source}/${name}`), receipt);
    if ('refused' in translation) throw new Error(`${name} is refused`);
    const { signals } = translation;
    const { headers: _, ...known } = receipt;
    return { kind: 'signals', org, source, signals, ...known };
  });
}

/** A world that has received these, each POST by itself. */
async function received(messages: readonly SignalsMessage[]): Promise<DetectionOnEngine> {
  const world = new DetectionOnEngine(`org_SRC${++worlds}`, [byService]);
  world.now = receivedAt + MINUTE;
  for (const message of messages) await world.receive([message]);
  await world.settle();
  return world;
}

const incidents = async (world: DetectionOnEngine) =>
  [...(await world.read()).incidents.values()]
    .sort((a, b) => a.number - b.number)
    .map(({ state, severity, generation, openedAt }) => [
      ...[state, severity, generation, new Date(openedAt).toISOString().slice(11, 19)],
    ]);

const pages = async (world: DetectionOnEngine): Promise<number> => (await world.escalationsSent()).length;

describe('PagerDuty', () => {
  const life = [
    'triggered',
    'priority-updated',
    'acknowledged',
    'priority-updated-while-acknowledged',
  ] as const;

  it('triggers, is given a worse priority and is acknowledged: one acknowledged incident since its beginning', async () => {
    const world = await received(
      posts(
        'pagerduty',
        life.map((name) => [name]),
      ),
    );
    expect(await incidents(world)).toEqual([['acknowledged', 'P1_CRITICAL', 1, '08:12:30']]);
  });

  it('[F17] ends resolved in whichever order its resolve and its trigger come, without a page where it was first', async () => {
    for (const order of [
      ['triggered', 'resolved'],
      ['resolved', 'triggered'],
    ] as const) {
      const world = await received(
        posts(
          'pagerduty',
          order.map((name) => [name]),
        ),
      );
      expect((await incidents(world)).filter(([state]) => state !== 'resolved')).toEqual([]);
      if (order[0] === 'resolved') expect(await pages(world)).toBe(0);
    }
  });

  it('[M4] is not opened again by an update that comes after a person closed it here; a reopening there opens it', async () => {
    const world = await received(posts('pagerduty', [['triggered']]));
    const [id] = [...(await world.read()).incidents.keys()];
    if (id === undefined) throw new Error('a trigger opens an incident');
    const actor = { kind: 'person', id: 'per_ada', name: 'Ada' } as const;
    await command(
      world.org,
      id,
      { do: 'resolve', reason: 'person', at: world.now },
      { actor, now: world.now },
    );
    await world.receive(posts('pagerduty', [['priority-updated']]));
    expect((await incidents(world)).map(([state]) => state)).toEqual(['resolved']);
    const paged = await pages(world);
    await world.receive(posts('pagerduty', [['reopened']]));
    expect((await incidents(world)).map(([state]) => state)).toEqual(['triggered']);
    expect(await pages(world)).toBeGreaterThan(paged);
  });
});

describe('Opsgenie', () => {
  it('makes, takes, gives back and closes an alert: one incident, which is over', async () => {
    const names = ['create', 'add-note', 'acknowledge', 'unacknowledge', 'close', 'delete'] as const;
    const world = await received(
      posts(
        'opsgenie',
        names.map((name) => [name]),
      ),
    );
    expect(await incidents(world)).toEqual([['resolved', 'P3_MEDIUM', 1, '08:02:31']]);
  });

  it('raises the incident, and pages, when a priority that woke nobody is made worse', async () => {
    const [create, worse] = posts('opsgenie', [['create'], ['update-priority']]);
    if (create === undefined || worse === undefined) throw new Error('both are posts');
    const low = {
      ...create,
      signals: create.signals.map((one) => ({ ...one, severity: 'P4_LOW' as const })),
    };
    const world = await received([low]);
    expect(await pages(world)).toBe(0);
    await world.receive([worse]);
    expect(await incidents(world)).toEqual([['triggered', 'P1_CRITICAL', 1, '08:02:31']]);
    expect(await pages(world)).toBe(1);
  });
});

describe('Sentry', () => {
  const hook = (resource: string, at: string) => ({
    'sentry-hook-resource': resource,
    'sentry-hook-timestamp': String(Date.parse(`2026-11-20T${at}Z`) / 1_000),
  });
  const fired = ['event-alert', hook('event_alert', '08:10:40')] as const;

  it('is one incident from an alert of an event to the end of its issue', async () => {
    const created = ['issue-created', hook('issue', '08:10:39')] as const;
    const resolved = ['issue-resolved', hook('issue', '08:50:00')] as const;
    const world = await received(posts('sentry', [created, fired, resolved]));
    expect(await incidents(world)).toEqual([['resolved', 'P2_HIGH', 1, '08:10:37']]);
  });

  it('wakes nobody about what was archived, and somebody again when that comes back', async () => {
    const archived = ['issue-archived', hook('issue', '08:40:00')] as const;
    const world = await received(posts('sentry', [fired, archived]));
    expect((await incidents(world)).map(([state]) => state)).toEqual(['resolved']);
    const paged = await pages(world);
    const back = ['issue-unresolved', hook('issue', '08:55:00')] as const;
    for (const message of posts('sentry', [back])) await world.receive([message]);
    expect((await incidents(world)).map(([state]) => state).at(-1)).toBe('triggered');
    expect(await pages(world)).toBeGreaterThan(paged);
  });

  it('of a metric is raised from warning to critical, and ends', async () => {
    const world = await received(
      posts('sentry', [
        ['metric-critical', hook('metric_alert', '08:26:41')],
        ['metric-resolved', hook('metric_alert', '08:41:01')],
      ]),
    );
    expect(await incidents(world)).toEqual([['resolved', 'P1_CRITICAL', 1, '08:25:00']]);
  });
});
