import { describe, expect, it } from 'vitest';
import { DAY, HOUR, idOf, MINUTE, toText } from '../../../shared/kernel/index.ts';
import { memberOf } from '../../support/function-world.ts';
import { generatedYear } from '../../support/generated-year.ts';
import { ann, T0 } from '../../support/given.ts';
import { metricsWorld, type Query } from './metrics-world.ts';

const metrics = metricsWorld();
const { ask, follow, post, postAt, write } = metrics;

async function policies() {
  const { replaceConfiguration } = await import('../../../functions/aws/configuration.ts');
  const { configurationSchema } = await import('../../../shared/configuration/index.ts');
  const body = configurationSchema.parse({
    people: [{ id: 'grace', name: 'Grace Hopper', email: 'grace@example.com' }],
    policies: ['shop', 'payments', 'data'].map((id) => ({
      ...{ id, name: `The ${id} team` },
      levels: [{ targets: ['grace'] }],
    })),
  });
  await replaceConfiguration(metrics.org, 0, body, { actor: ann, at: T0 });
}

async function component(name: string, services: readonly string[]) {
  const { commandPage, pageOfOrganisation } = await import('../../../functions/aws/page-log.ts');
  const id = idOf('component', T0, name);
  const said = { name, services, internal: false };
  await commandPage(
    metrics.org,
    pageOfOrganisation(metrics.org),
    { do: 'add-component', id, component: said },
    { actor: ann, now: T0 },
  );
  return id;
}

describe('GET /api/metrics/mttr', () => {
  it('tells of the incidents of a window, and leaves out what is merged or deleted', async () => {
    const incidents = generatedYear({ org: metrics.org, count: 200, until: T0, open: 4 });
    await write(incidents);
    const { status, body } = await ask('/api/metrics/mttr', { from: toText(T0 - 100 * DAY) });
    const inside = incidents.filter(({ openedAt }) => openedAt >= T0 - 100 * DAY);
    const merged = inside.filter((one) => one.deletedAt === undefined && 'mergedInto' in one).length;
    const deleted = inside.filter(({ deletedAt }) => deletedAt !== undefined).length;
    expect(status).toBe(200);
    expect(body.leftOut).toEqual({ merged, deleted });
    expect(body.total).toBe(inside.length - merged - deleted);
    const { states, n } = body.measures.mttr;
    expect(states.pending).toBe(4);
    expect(n).toBe(states.recorded);
    expect(n + 4 + states['not-applicable'] + states.invalid).toBe(body.total);
  });

  it.each(['severity', 'team', 'service', 'component'])(
    'tells of each %s, and every number opens its incidents',
    async (by) => {
      await policies();
      const id = await component('Shop', ['checkout', 'website']);
      await write(generatedYear({ org: metrics.org, count: 100, until: T0, over: 60 * DAY, open: 2 }));
      const { body } = await ask('/api/metrics/mttr', { by });
      expect(body.groups.length).toBeGreaterThan(1);
      if (by === 'component')
        expect(body.groups).toContainEqual(expect.objectContaining({ key: id, name: 'Shop' }));
      if (by === 'team')
        expect(body.groups).toContainEqual(expect.objectContaining({ key: 'data', name: 'The data team' }));
      for (const { total, measures, incidents } of body.groups) {
        expect((await follow(incidents)).body.total).toBe(total);
        expect((await follow(measures.mtta.incidents)).body.total).toBe(measures.mtta.n);
      }
    },
  );

  it('comes as CSV in pages, each incident once', async () => {
    await write(generatedYear({ org: metrics.org, count: 60, until: T0, over: 30 * DAY }));
    const { body } = await ask('/api/metrics/mttr');
    const names: string[] = [];
    let query: Query | undefined = { format: 'csv', limit: '25' };
    while (query !== undefined) {
      const { headers, text } = await ask('/api/metrics/mttr', query);
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      names.push(...[...text.matchAll(/^"(INC-\d+)"/gm)].map(([, name = '']) => name));
      const next = /^<https:\/\/pages\.example\.com(\S+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
      query = next === undefined ? undefined : Object.fromEntries(new URL(next, 'https://x').searchParams);
    }
    expect(names).toHaveLength(body.total);
    expect(new Set(names).size).toBe(body.total);
  });

  it('refuses windows that are none or too long, and zones that are nowhere', async () => {
    const from = toText(T0 - 400 * DAY);
    expect((await ask('/api/metrics/mttr', { from })).body.error).toMatchObject({ param: 'query.from' });
    expect((await ask('/api/metrics/mttr', { from: toText(T0 + DAY) })).status).toBe(400);
    expect((await ask('/api/metrics/mttr', { zone: 'Mars/Olympus' })).body.error).toMatchObject({
      param: 'query.zone',
    });
  });

  it('sees what was just declared, and what was just resolved', async () => {
    const { declare, command } = await import('../../../functions/aws/incident-log.ts');
    const data = { title: 'x', severity: 'P1_CRITICAL' } as const;
    const recording = { actor: ann, now: T0 };
    const { incident } = await declare(metrics.org, data, { ...recording, at: T0, seed: 'x' });
    metrics.setClock(T0 + 10 * MINUTE);
    const open = await ask('/api/metrics/mttr');
    expect(open.body.measures.mttr.states).toMatchObject({ pending: 1, recorded: 0 });
    const at = T0 + 20 * MINUTE;
    await command(
      metrics.org,
      incident.id,
      { do: 'resolve', reason: 'person', at },
      { ...recording, now: at },
    );
    metrics.setClock(T0 + 30 * MINUTE);
    const over = await ask('/api/metrics/mttr');
    expect(over.body.measures.mttr).toMatchObject({ n: 1, medianMs: 20 * MINUTE });
    expect(over.body.measures.mtta.states).toMatchObject({ 'not-applicable': 1 });
  });
});

describe('GET /api/metrics/dashboard', () => {
  it('tells of a year, each number with its incidents', async () => {
    await policies();
    await write(generatedYear({ org: metrics.org, count: 400, until: T0, open: 5 }));
    await post({ severity: { P1_CRITICAL: 2 * HOUR }, overall: 6 * HOUR });
    const { status, body } = await ask('/api/metrics/dashboard', {
      from: toText(T0 - 365 * DAY),
      zone: 'Europe/Berlin',
    });
    expect(status).toBe(200);
    expect(body.open.total).toBe(5);
    expect(body.trend.buckets.at(0).from).toBe(body.from);
    expect(body.trend.buckets.at(-1).to).toBe(body.to);
    expect(body.trend.slopes.mttr).toMatchObject({ shown: true });
    const some = [
      ...body.trend.buckets.slice(0, 3),
      ...body.profile.cells.slice(0, 5),
      ...body.suggestions.slice(0, 0),
    ];
    for (const { total, incidents } of some) expect((await follow(incidents)).body.total).toBe(total);
    for (const { n, incidents } of body.suggestions) expect((await follow(incidents)).body.total).toBe(n);
    expect((await follow(body.open.incidents)).body.total).toBe(5);
    const days = body.trend.buckets.reduce((sum: number, { total }: { total: number }) => sum + total, 0);
    expect(days).toBe(body.total);
  });

  it('says that there is too little where there is', async () => {
    const { body } = await ask('/api/metrics/dashboard');
    expect(body).toMatchObject({ total: 0, profile: { shown: false }, suggestions: [] });
    expect(body.trend.slopes.mttr).toMatchObject({ shown: false, why: expect.stringContaining('Only 0') });
    expect(body.measures.mttr).toMatchObject({ n: 0 });
  });
});

describe('GET /api/incidents/{id}/metrics', () => {
  it('is live while the incident is open', async () => {
    const [incident] = generatedYear({ org: metrics.org, count: 1, until: T0, open: 1 });
    if (!incident) throw new Error('No incident');
    await write([incident]);
    await postAt(incident.openedAt - 1, { overall: HOUR });
    const read = async (now: number) => {
      metrics.setClock(now);
      return (await ask(`/api/incidents/${incident.id}/metrics`)).body;
    };
    const begun = await read(incident.openedAt + 30 * MINUTE);
    expect(begun.incident.durations.mttr).toEqual({ state: 'pending', soFarMs: 30 * MINUTE });
    expect(begun.incident.targets.mttr).toEqual({
      targetMs: HOUR,
      standing: 'on-track',
      leftMs: 30 * MINUTE,
    });
    const later = await read(incident.openedAt + 50 * MINUTE);
    expect(later.incident.targets.mttr).toMatchObject({ standing: 'warning', leftMs: 10 * MINUTE });
  });

  it('says in which phase the time of one that is over went', async () => {
    const incidents = generatedYear({ org: metrics.org, count: 40, until: T0, over: 30 * DAY });
    await write(incidents);
    const over = incidents.find(
      (one) => one.points?.acknowledgedAt && one.state === 'resolved' && !one.mergedInto && !one.deletedAt,
    );
    const { body } = await ask(`/api/incidents/${over?.id}/metrics`);
    const sum = body.phases.reduce((ms: number, phase: { ms: number }) => ms + phase.ms, 0);
    expect(sum).toBe(body.incident.durations.mttr.ms);
  });

  it('is not there for others', async () => {
    const [incident] = generatedYear({ org: metrics.org, count: 1, until: T0, open: 1 });
    if (incident) await write([incident]);
    const other = memberOf(idOf('organisation', T0, 'other'), 'viewer');
    expect((await ask(`/api/incidents/${incident?.id}/metrics`, {}, other)).status).toBe(404);
  });
});
