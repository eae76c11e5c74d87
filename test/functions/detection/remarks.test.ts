import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readChanges } from '../../../functions/aws/changes.ts';
import { command, readFacts } from '../../../functions/aws/incident-log.ts';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import type { AsideMessage, Remark, SaidChange, Signal } from '../../../shared/alerts/index.ts';
import type { AlertHead } from '../../../shared/detection/index.ts';
import { type IncidentCommand, sentenceOf, viewFact } from '../../../shared/incidents/index.ts';
import {
  type IncidentId,
  idOf,
  MINUTE,
  type OrganisationId,
  SECOND,
  system,
} from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { fingerprint, integration, post, signal } from '../../support/signals.ts';

let world: FunctionWorld;
let detect: typeof import('../../../functions/detection/detect.queue.ts').handler;
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: detect } = await import('../../../functions/detection/detect.queue.ts'));
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `remarks ${count++}`);
  world.setClock(T0 + MINUTE);
});
afterEach(() => {
  vi.restoreAllMocks();
  world.forget();
});

/** Signals as one accepted POST of this organisation. */
const alerts = (...signals: readonly Signal[]) => ({ ...post(...signals), org, receivedAt: T0 });
const firing = (name: string, more: Partial<Signal> = {}) => signal(name, 'firing', 0, { at: T0, ...more });

const remark = (name: string, more: Partial<Remark> = {}): Remark => ({
  ...{ fingerprint: fingerprint(name), at: T0 + SECOND, by: 'Mira Holt', text: 'The replica is full' },
  ...more,
});

/** What was said beside alerts in one POST. */
const aside = (said: Partial<AsideMessage>, receipt = 'rcp-7/aside'): AsideMessage => ({
  ...{ kind: 'aside', org, integration, source: 'pagerduty', product: 'PagerDuty', receipt },
  ...{ receivedAt: T0 + SECOND, remarks: [], changes: [], ...said },
});

const receive = async (messages: readonly object[], receives = 1): Promise<number> =>
  (await detect(queueEvent('Alerts', messages, receives), lambdaContext)).batchItemFailures.length;

async function incidentOf(name: string): Promise<IncidentId> {
  const head = await table.get<AlertHead>(schema.alertHead.key({ org, fp: fingerprint(name) }));
  const [membership] = head?.memberships ?? [];
  if (membership === undefined) throw new Error(`${name} is in no incident`);
  return membership.incident;
}

const factsOf = async (id: IncidentId) => (await readFacts(org, id, { limit: 100, now: T0 + MINUTE })).facts;
const notesOf = async (id: IncidentId) => (await factsOf(id)).filter(({ type }) => type === 'incident.noted');
const act = (id: IncidentId, wanted: IncidentCommand) =>
  command(org, id, wanted, { actor: system('test'), now: T0 + MINUTE });

describe('a remark', () => {
  it('is a note in the log of the incident of its alert, by its author, with the source named; it changes no state', async () => {
    await receive([alerts(firing('a'))]);
    const id = await incidentOf('a');
    const before = await table.get(schema.incidentHead.key({ org, inc: id }));
    expect(await receive([aside({ remarks: [remark('a')] })])).toBe(0);
    const [note] = await notesOf(id);
    expect(note).toMatchObject({
      occurredAt: T0 + SECOND,
      recordedAt: T0 + MINUTE,
      data: { text: 'The replica is full', by: 'Mira Holt' },
      actor: { kind: 'machine', id: integration, name: 'PagerDuty' },
      cause: { id: 'rcp-7/aside', depth: 1 },
    });
    expect(note && sentenceOf(viewFact(note), () => undefined)).toEqual({
      text: 'Mira Holt wrote a note in PagerDuty.',
      quote: 'The replica is full',
    });
    expect(await table.get(schema.incidentHead.key({ org, inc: id }))).toEqual(before);
  });

  it('without an author is a note of the source, and stands on the timeline', async () => {
    await receive([alerts(firing('a'))]);
    const { by: _, ...nameless } = remark('a', { text: 'Decision: we roll back' });
    await receive([aside({ remarks: [nameless] })]);
    const { handler } = await import('../../../functions/timeline/routes.ts');
    const path = `/api/incidents/${await incidentOf('a')}/timeline`;
    const { body } = await call(world.as('Timeline', handler), { path, authorizer: memberOf(org, 'viewer') });
    expect(body.items).toContainEqual(
      expect.objectContaining({
        ...{ text: 'PagerDuty wrote a note.', quote: 'Decision: we roll back', lane: 'people', key: true },
      }),
    );
  });

  it('[F5] delivered ten times, also in parallel, is one note; said twice in one POST it is two', async () => {
    await receive([alerts(firing('a'))]);
    const told = aside({ remarks: [remark('a'), remark('a')] });
    await receive([told]);
    await Promise.all(Array.from({ length: 9 }, () => receive([told])));
    expect(await notesOf(await incidentOf('a'))).toHaveLength(2);
    await receive([aside({ remarks: [remark('a')] }, 'rcp-8/aside')]);
    expect(await notesOf(await incidentOf('a'))).toHaveLength(3);
  });

  it('that comes in one batch with its trigger finds it', async () => {
    expect(await receive([aside({ remarks: [remark('a')] }), alerts(firing('a'))])).toBe(0);
    expect(await notesOf(await incidentOf('a'))).toHaveLength(1);
  });

  it('that overtakes its trigger comes again until it is there; what was kept beside it is kept once', async () => {
    const info = vi.spyOn(log, 'info').mockImplementation(() => undefined);
    await receive([alerts(firing('b'))]);
    const told = aside({ remarks: [remark('a'), remark('b')] });
    expect(await receive([told])).toBe(1);
    expect(info).toHaveBeenCalledWith('not now', expect.objectContaining({ id: 'm0' }));
    await receive([alerts(firing('a', { service: 'search' }))]);
    expect(await receive([told], 2)).toBe(0);
    for (const name of ['a', 'b']) expect(await notesOf(await incidentOf(name))).toHaveLength(1);
  });

  it('about an alert that nobody knows is dropped after a minute of tries, with a line in the log', async () => {
    vi.spyOn(log, 'info').mockImplementation(() => undefined);
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    const told = aside({ remarks: [remark('nobody', { text: 'canary' })] });
    for (let receives = 1; receives < 7; receives++) expect(await receive([told], receives)).toBe(1);
    expect(warn).not.toHaveBeenCalled();
    expect(await receive([told], 7)).toBe(0);
    const said = { org, integration, receipt: 'rcp-7/aside', remarks: 1 };
    expect(warn.mock.calls).toEqual([['remark without an alert', said]]);
  });

  it('goes to the incident that its own was merged into, and to none that was deleted', async () => {
    await receive([alerts(firing('a', { service: 'one' }), firing('b', { service: 'two' }))]);
    const [a, b] = [await incidentOf('a'), await incidentOf('b')];
    await act(a, { do: 'merge', into: b, reason: 'the same' });
    await receive([aside({ remarks: [remark('a')] })]);
    expect([(await notesOf(a)).length, (await notesOf(b)).length]).toEqual([0, 1]);
    await act(b, { do: 'delete' });
    vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    expect(await receive([aside({ remarks: [remark('b')] }, 'rcp-9/aside')], 7)).toBe(0);
    expect(await notesOf(b)).toHaveLength(1);
  });
});

describe('a change', () => {
  const deployment = (more: Partial<SaidChange> = {}): SaidChange => ({
    ...{ kind: 'deployment', title: 'Deployment of shop', at: T0, key: 'deployment 1', ...more },
  });
  const kept = async () =>
    (await readChanges(org, { from: T0 - MINUTE, to: T0 + MINUTE, limit: 10 })).changes;

  it('told again under its key is one change as it was told last, in whichever order the queue brings it', async () => {
    const began = { ...aside({ changes: [deployment()] }, 'r1'), receivedAt: T0 };
    const title = 'Deployment of shop succeeded';
    const ended = { ...aside({ changes: [deployment({ title })] }, 'r2'), receivedAt: T0 + SECOND };
    for (const order of [[began, ended, began], [ended]]) {
      for (const message of order) expect(await receive([message])).toBe(0);
      expect((await kept()).map((change) => change.title)).toEqual([title]);
    }
  });

  it('without a key is another one for each POST, and the same when that is delivered again', async () => {
    const { key: _, ...nameless } = deployment();
    for (const receipt of ['r1', 'r2', 'r1']) await receive([aside({ changes: [nameless] }, receipt)]);
    expect(await kept()).toHaveLength(2);
  });

  it('is kept also when a remark of its POST must wait', async () => {
    vi.spyOn(log, 'info').mockImplementation(() => undefined);
    expect(await receive([aside({ changes: [deployment()], remarks: [remark('nobody')] })])).toBe(1);
    expect(await kept()).toHaveLength(1);
  });
});
