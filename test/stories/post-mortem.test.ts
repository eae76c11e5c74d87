import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, toText } from '../../shared/kernel/index.ts';
import type { PostmortemView } from '../../shared/postmortems/index.ts';
import type { TimelineView } from '../../shared/timeline/index.ts';
import { type App, startApp } from '../support/app.ts';
import { type RestClient, restClient } from '../support/rest.ts';
import { synthesizeWith } from '../support/synthesize-with.ts';
import { fakeModel, obedient, startBedrock } from '../support/vendors/bedrock.ts';

describe('from the first alert to the post-mortem, with nobody editing anything', {
  timeout: 120_000,
}, () => {
  let app: App;
  let ask: RestClient;
  let id = '';
  let postmortem: PostmortemView;

  let bedrock: Awaited<ReturnType<typeof startBedrock>>;
  let assembly: string;

  beforeAll(async () => {
    assembly = await mkdtemp(join(tmpdir(), 'post-mortem-'));
    [bedrock] = await Promise.all([
      startBedrock(obedient),
      synthesizeWith({ bedrockModel: fakeModel }, assembly),
    ]);
    app = await startApp({ assembly, models: bedrock.origin });
    ask = restClient(app.addresses.api, app.addresses.token);
  }, 90_000);
  afterAll(async () => {
    await app.stop();
    await bedrock.stop();
    await rm(assembly, { recursive: true, force: true });
  });

  const pass = (minutes: number) => app.system.clock.fastForward(minutes * MINUTE);
  const fetched = (path: string) =>
    fetch(`${app.addresses.api}${path}`, { headers: { authorization: `Bearer ${app.addresses.token}` } });

  it('a deployment is told, an alert fires, somebody answers, rolls back, and it is over', async () => {
    const at = toText(app.system.clock.now());
    const change = { title: 'Basket without bounds', service: 'checkout', version: '4.2.0', at };
    expect((await ask('POST', '/api/changes', { body: change })).status).toBe(201);
    await pass(3);
    await app.send('generic', {
      title: 'Checkout fails',
      service: 'checkout',
      severity: 'critical',
      deploy: '4.2.0',
    });
    const [incident] = await app.incidents('?service=checkout');
    id = incident?.id ?? '';
    await pass(4);
    expect((await ask('PATCH', `/api/incidents/${id}`, { body: { state: 'acknowledged' } })).status).toBe(
      200,
    );
    await pass(3);
    const note = { text: 'Decision: roll back checkout 4.2.0' };
    expect((await ask('POST', `/api/incidents/${id}/notes`, { body: note })).status).toBe(201);
    await pass(5);
    expect((await ask('PATCH', `/api/incidents/${id}`, { body: { mitigatedAt: 'now' } })).status).toBe(200);
    const action = { text: 'Bound the basket', due: '2027-01-15' };
    expect((await ask('POST', `/api/incidents/${id}/actions`, { body: action })).status).toBe(201);
    await pass(2);
    expect((await ask('PATCH', `/api/incidents/${id}`, { body: { state: 'resolved' } })).status).toBe(200);
  });

  it('the timeline has it all, in phases that facts show', async () => {
    const view = (await ask('GET', `/api/incidents/${id}/timeline`)).body as unknown as TimelineView;
    expect(new Set(view.items.map(({ lane }) => lane))).toEqual(
      new Set(['changes', 'alerts', 'pages', 'response', 'people']),
    );
    const took = Object.fromEntries(
      view.phases.map(({ name, seconds }) => [name, Math.round((seconds ?? -60) / 60)]),
    );
    expect(took).toEqual({
      impact: 12,
      detection: 0,
      acknowledgement: 4,
      mobilisation: -1,
      mitigation: 8,
      resolution: 2,
    });
    for (const { begin } of view.phases.filter(({ state }) => state === 'done'))
      expect(view.points.map(({ name }) => name)).toContain(begin);
    const csv = await fetched(`/api/incidents/${id}/timeline?format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await csv.text()).toContain('Basket without bounds');
  });

  it('the post-mortem is generated with a confirmed cause, and names what shows every sentence', async () => {
    const { status, body } = await ask('POST', `/api/incidents/${id}/postmortem`, { body: {} });
    expect(status).toBe(201);
    postmortem = body as unknown as PostmortemView;
    expect(postmortem.rootCause).toMatchObject({
      verdict: 'CONFIRMED',
      hypotheses: [{ title: 'Basket without bounds (checkout 4.2.0)' }],
    });
    expect(postmortem.actions).toMatchObject([{ text: 'Bound the basket', due: '2027-01-15', done: false }]);
    const text = await (await fetched(`/api/postmortems/${postmortem.id}/markdown`)).text();
    expect(text).toContain('- Bound the basket (nobody yet, due 2027-01-15)');
  });

  it('[F80] a model is asked when a person asks for it, gets no tool and no secret, and leaves a draft alone', async () => {
    expect(bedrock.asked).toEqual([]);
    const { status, body, text } = await ask('POST', `/api/postmortems/${postmortem.id}/draft`);
    expect(status, text).toBe(201);
    const drafted = body as unknown as PostmortemView;
    expect(drafted).toMatchObject({
      ...postmortem,
      version: 2,
      updatedAt: drafted.updatedAt,
      sections: drafted.sections,
    });
    expect(drafted.draft).toMatchObject({ model: fakeModel, refused: 0 });
    expect(drafted.draft?.summary[0]?.cites.length).toBeGreaterThan(0);
    expect(drafted.sections[0]?.markdown).toContain('**Draft by the model');
    expect(bedrock.asked).toHaveLength(1);
  });

  it('the HTML and the PDF come through the gateway as they are', async () => {
    const html = await (await fetched(`/api/postmortems/${postmortem.id}/html`)).text();
    expect(html).toContain('<svg xmlns');
    const answer = await fetched(`/api/postmortems/${postmortem.id}/pdf`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(streamsIn(bytes).some((text) => /\bTj|TJ\b/.test(text))).toBe(true);
    if (process.env.SHOTS !== undefined) writeFileSync(join(process.env.SHOTS, 'outage.pdf'), bytes);
  });

  it('metrics count it', async () => {
    const { status, body } = await ask('GET', '/api/metrics/mttr?service=checkout');
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining('mttr')]);
  });
});

/** The compressed streams of a PDF that can be read. */
function streamsIn(pdf: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('endstream', at);
    try {
      texts.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'));
    } catch {
      // An image or a font: not every stream is text.
    }
  }
  return texts;
}
