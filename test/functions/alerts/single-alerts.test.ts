import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replaceConfiguration } from '../../../functions/aws/configuration.ts';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { emptyConfiguration } from '../../../shared/configuration/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { idOf, system } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const suppressing = ruleSchema.parse({
  ...{ id: 'quiet', name: 'Quiet', conditions: { when: 'env="test"' } },
  actions: { suppress: true },
});

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let incidents: Parameters<typeof call>[0];
let org = idOf('organisation', T0, '0');
let detection: DetectionOnEngine;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/alerts/routes.ts'));
  handler = world.as('Alerts', handler);
  ({ handler: incidents } = await import('../../../functions/on-call/routes.ts'));
  incidents = world.as('OnCall', incidents);
});
afterAll(() => world.stop());
beforeEach(async () => {
  org = idOf('organisation', T0, `single ${count++}`);
  detection = new DetectionOnEngine(org, [suppressing, byService]);
  const body = { ...emptyConfiguration, rules: [suppressing, byService] };
  await replaceConfiguration(org, 0, body, { actor: system('test'), at: epoch - 60_000 });
  setNow(epoch + 10_000);
});

function setNow(now: number): void {
  detection.now = now;
  world.setClock(now);
}

type Asked = Record<string, string | string[]>;
const ask = async (path: string, query: Asked = {}, of = handler) =>
  call(of, {
    method: 'GET',
    path,
    query: query as Record<string, string>,
    authorizer: memberOf(org, 'viewer'),
  });
const listed = async (query: Asked = {}) => (await ask('/api/alerts', query)).body;
const names = async (query: Asked = {}) =>
  (await listed(query)).items.map(({ title }: { title: string }) => title.split(' ')[0]);
const fires = (name: string, at = 0, more = {}) => post({ ...signal(name, 'firing', at, more) });

describe('the list of alerts', () => {
  it('has each once, the one that was heard of last first, with its incident', async () => {
    await detection.receive([fires('a', 0), fires('b', 1)]);
    setNow(epoch + 130_000);
    await detection.receive([fires('a', 120)]);
    const { items, coveredFrom, next } = await listed();
    expect(items.map(({ id }: { id: string }) => id)).toEqual([fingerprint('a'), fingerprint('b')]);
    expect(items[0]).toMatchObject({
      ...{ title: 'a is failing', state: 'firing', service: 'checkout', source: 'generic' },
      incident: { name: 'INC-1', state: 'triggered' },
      receivedAt: new Date(epoch + 120_000).toISOString(),
    });
    expect([next, coveredFrom]).toEqual([undefined, new Date(epoch + 130_000 - 86_400_000).toISOString()]);
  });

  it('is asked by state, severity, service, words, labels, incident and what is held back', async () => {
    await detection.receive([
      fires('a', 0, { labels: { env: 'test' } }),
      fires('b', 0, { severity: 'P1_CRITICAL', service: 'search', labels: { team: 'find' } }),
      post(signal('c', 'firing', 0), signal('c', 'resolved', 1)),
    ]);
    expect(await names({ state: 'resolved' })).toEqual(['c']);
    expect(await names({ severity: 'P1_CRITICAL' })).toEqual(['b']);
    expect(await names({ service: 'Search' })).toEqual(['b']);
    expect(await names({ text: 'FIND failing' })).toEqual(['b']);
    expect(await names({ match: 'team="find"' })).toEqual(['b']);
    expect((await names({ match: ['team!="find"', 'env!="test"'] })).sort()).toEqual(['c']);
    expect(await names({ incident: 'false' })).toEqual(['a']);
    expect(await names({ suppressed: 'true' })).toEqual([]);
    expect((await ask('/api/alerts', { match: 'team' })).status).toBe(400);
  });

  it('says on demand what the rules in force leave of each, as silences and maintenance see it', async () => {
    const set = { service: 'payments', severity: 'P1_CRITICAL' };
    const rules = [
      ruleSchema.parse({
        ...{ id: 'pay', name: 'Pay', continue: true, actions: { set } },
        conditions: { alertPattern: 'card' },
      }),
      byService,
    ];
    await replaceConfiguration(
      org,
      1,
      { ...emptyConfiguration, rules },
      { actor: system('test'), at: epoch },
    );
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`label${i}`, 'x'.repeat(60)]));
    await detection.receive([
      // Of the description the alert's own record keeps nothing.
      fires('a', 0, { description: 'no card is taken', service: 'raw-name' }),
      fires('b', 0, { severity: 'P2_HIGH', labels: many }),
      fires('c', 0, { severity: 'P2_HIGH' }),
    ]);
    const ruled = async (query: Asked) =>
      Object.fromEntries(
        (await listed(query)).items.map(({ title, ruled }: { title: string; ruled: unknown }) => [
          title[0],
          ruled,
        ]),
      );
    expect(await ruled({ ruled: 'true' })).toEqual({ a: set, b: { labels: many }, c: undefined });
    expect(await ruled({})).toEqual({ a: undefined, b: undefined, c: undefined });
  });

  it('marks those that flap, by the settings of the organisation, and is asked for them', async () => {
    const times = [0, 60, 120];
    await detection.receive(times.flatMap((at) => [fires('a', at), post(signal('a', 'resolved', at + 30))]));
    await detection.receive([fires('b', 120)]);
    setNow(epoch + 160_000);
    const [flapping, ...others] = (await listed({ flapping: 'true' })).items;
    const until = { flapping: true, flapsUntil: new Date(epoch + 750_000).toISOString() };
    expect([flapping, others]).toMatchObject([{ id: fingerprint('a'), state: 'resolved', ...until }, []]);
    expect(await names({ flapping: 'false' })).toEqual(['b']);
    expect((await ask(`/api/alerts/${fingerprint('a')}`)).body).toMatchObject(until);
    const { detection: settings, ...body } = { ...emptyConfiguration, rules: [suppressing, byService] };
    const rarer = { ...body, detection: { ...settings, flappingChanges: 7 } };
    await replaceConfiguration(org, 1, rarer, { actor: system('test'), at: epoch });
    expect(await names({ flapping: 'true' })).toEqual([]);
    setNow(epoch + 750_000);
    await replaceConfiguration(
      org,
      2,
      { ...rarer, detection: settings },
      { actor: system('test'), at: epoch },
    );
    expect(await names({ flapping: 'true' })).toEqual([]);
  });

  it('[F60] goes on by cursors through storms, each alert once, also those that are told again meanwhile', async () => {
    const many = Array.from({ length: 130 }, (_, i) => `s${i}`);
    await detection.receive([post(...many.map((name) => signal(name, 'firing', 0)))]);
    setNow(epoch + 90_000);
    await detection.receive([post(...many.slice(0, 20).map((name) => signal(name, 'firing', 60)))]);
    await detection.receive([fires('last', 61)]);
    const found: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await listed({ limit: '40', ...(cursor && { cursor }) });
      found.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.next;
      pages++;
    } while (cursor);
    expect([found.length, new Set(found).size]).toEqual([131, 131]);
    expect(found[0]).toBe(fingerprint('last'));
    expect(pages).toBeLessThan(7);
    const foreign = await listed({ limit: '40' });
    expect((await ask('/api/alerts', { cursor: foreign.next, text: 'other' })).status).toBe(400);
  });

  it('is of a time, and of no other organisation', async () => {
    await detection.receive([fires('a', 0)]);
    setNow(epoch + 3_600_000);
    const at = (seconds: number) => new Date(epoch + seconds * 1_000).toISOString();
    expect(await names({ from: at(600) })).toEqual([]);
    expect(await names({ from: at(-10), to: at(10) })).toEqual(['a']);
    expect((await ask('/api/alerts', { from: at(10), to: at(-10) })).status).toBe(400);
    expect([await names({ since: '1' }), await names({ since: '1', to: at(7_200) })]).toEqual([['a'], []]);
    expect((await ask('/api/alerts', { since: '1', from: at(-10) })).status).toBe(400);
    expect((await ask('/api/alerts', { since: '0' })).status).toBe(400);
    org = idOf('organisation', T0, 'another');
    expect(await names()).toEqual([]);
    expect((await ask(`/api/alerts/${fingerprint('a')}`)).status).toBe(404);
  });
});

describe('one alert', () => {
  it('tells when it was on, and which incidents it came into and why', async () => {
    await detection.receive([fires('a', 0)]);
    const { body } = await ask(`/api/alerts/${fingerprint('a')}`);
    expect(body).toMatchObject({
      ...{ id: fingerprint('a'), state: 'firing', occurrences: [{ from: new Date(epoch).toISOString() }] },
      memberships: [{ generation: 1, why: expect.stringContaining("Rule 'By service'") }],
    });
  });

  it('[F59] is named by its fingerprint and nothing else', async () => {
    for (const id of ['x', 'alr_00000000000000000000000000', 'A'.repeat(64)])
      expect((await ask(`/api/alerts/${id}`)).status).toBe(400);
    expect((await ask(`/api/alerts/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await ask(`/api/alerts/${'0'.repeat(64)}/explain`)).status).toBe(404);
  });
});

const texts = (body: { steps: { about: string; text: string; lines?: string[] }[] }, about: string) =>
  body.steps
    .filter((step) => step.about === about)
    .flatMap(({ text, lines = [] }) => [text, ...lines])
    .join('\n');

describe('what an answer costs', () => {
  it('is bounded: some reads for a reason, and a page of the list no more than the alerts on it and the shards of a day', async () => {
    await detection.receive([fires('a', 0)]);
    setNow(epoch + 40_000);
    let reads = 0;
    client.middlewareStack.add(
      (next) => (args) => {
        reads++;
        return next(args);
      },
      { step: 'initialize', name: 'counting' },
    );
    await ask(`/api/alerts/${fingerprint('a')}/explain`);
    const explaining = reads;
    reads = 0;
    await listed();
    client.middlewareStack.remove('counting');
    expect(explaining).toBeLessThanOrEqual(40);
    expect(reads).toBeLessThanOrEqual(20);
  });
});

describe('why', () => {
  it('an alert opened an incident, another joined it, and both wait for the first page', async () => {
    await detection.receive([fires('a', 0)]);
    setNow(epoch + 30_000);
    await detection.receive([fires('b', 20, { severity: 'P1_CRITICAL' })]);
    const a = (await ask(`/api/alerts/${fingerprint('a')}/explain`)).body;
    expect(a).toMatchObject({ outcome: 'incident', paged: false, alert: fingerprint('a') });
    expect(texts(a, 'window')).toContain('It opened INC-1 at');
    expect(texts(a, 'rules')).toContain('These are the rules in force (version 1');
    expect(texts(a, 'rules')).toContain(`'Quiet' does not fit. env="test": no, it saw nothing`);
    const b = (await ask(`/api/alerts/${fingerprint('b')}/explain`)).body;
    expect(texts(b, 'window')).toContain('It joined INC-1 at');
    expect(texts(b, 'window')).toContain('With it the incident became P1 Critical; it was P3 Medium.');
    expect(texts(b, 'page')).toContain('Step 1 is due at');
  });

  it('an alert is suppressed by its rule, also after the rules have changed', async () => {
    await detection.receive([fires('a', 0, { labels: { env: 'test' } })]);
    const changed = { ...emptyConfiguration, rules: [byService] };
    await replaceConfiguration(org, 1, changed, { actor: system('test'), at: epoch + 60_000 });
    setNow(epoch + 90_000);
    const { body } = await ask(`/api/alerts/${fingerprint('a')}/explain`);
    expect(body).toMatchObject({ outcome: 'suppressed', paged: false });
    expect(texts(body, 'rules')).toContain('These are the rules of then (version 1');
    expect(texts(body, 'rules')).toContain(
      "Today’s rules (version 2) would decide otherwise: rule 'By service'",
    );
  });

  it('an alert is held back by a silence', async () => {
    const quiet = silence(-10, 600, [{ name: 'title', op: '=~', value: 'a .*' }]);
    await detection.silence([quiet]);
    await detection.receive([fires('a', 0)]);
    const { body } = await ask(`/api/alerts/${fingerprint('a')}/explain`);
    expect(body.outcome).toBe('silence');
    expect(body.summary).toContain(quiet.id);
    expect((await listed({ suppressed: 'true' })).items[0].suppressed).toMatchObject({ by: quiet.id });
  });

  it('an incident is as it is: what opened it, what raised it, and what comes next', async () => {
    await detection.receive([fires('a', 0)]);
    await detection.receive([fires('b', 5, { severity: 'P1_CRITICAL' })]);
    const id = (await listed()).items[0].incident.id;
    const { status, body } = await ask(`/api/incidents/${id}/explain`, {}, incidents);
    expect([status, body.incident]).toEqual([200, id]);
    expect(body.summary).toContain('INC-1 was opened at');
    expect(texts(body, 'opening')).toContain("rule 'By service' groups them by service=checkout");
    expect(texts(body, 'alerts')).toContain('2 alerts came in');
    expect(texts(body, 'severity')).toContain('Because of “b is failing”, which is P1 Critical.');
    expect(texts(body, 'next')).toContain('unless somebody acknowledges');
  });
});
