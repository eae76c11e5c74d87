import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, MINUTE, type OrganisationId, type Role } from '../../../shared/kernel/index.ts';
import type { PostmortemView } from '../../../shared/postmortems/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let routes: Parameters<typeof call>[0];
let pdf: Parameters<typeof call>[0];
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: routes } = await import('../../../functions/postmortems/routes.ts'));
  ({ handler: pdf } = await import('../../../functions/postmortems/get-pdf.http.ts'));
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `postmortem ${count++}`);
  world.setClock(T0 + 60 * MINUTE);
});

const recording = (minute: number) => ({ actor: ann, now: T0 + minute * MINUTE });

/** An incident that a deployment caused, rolled back and resolved, with one action. */
async function incident() {
  const log = await import('../../../functions/aws/incident-log.ts');
  const { recordRoom } = await import('../../../functions/aws/room-log.ts');
  const { keepChange } = await import('../../../functions/aws/changes.ts');
  const data = { title: 'Checkout is slow', severity: 'P1_CRITICAL', service: 'checkout' } as const;
  const { id } = (await log.declare(org, data, { ...recording(0), at: T0, seed: 'x' })).incident;
  const at = T0 - 2 * MINUTE;
  const change = { kind: 'deployment', title: 'Basket', service: 'checkout', version: '4.2.0' } as const;
  await keepChange(org, { ...change, id: idOf('change', at, org), at, recordedAt: at, recordedBy: ann });
  await log.command(org, id, { do: 'acknowledge' }, recording(4));
  const said = {
    type: 'incident.noted',
    occurredAt: T0 + 9 * MINUTE,
    data: { text: 'Decided: roll back 4.2.0' },
  } as const;
  await recordRoom(org, id, said, recording(9));
  await log.command(org, id, { do: 'mitigate', at: T0 + 14 * MINUTE }, recording(14));
  return {
    id,
    resolve: () =>
      log.command(org, id, { do: 'resolve', reason: 'person', at: T0 + 20 * MINUTE }, recording(20)),
  };
}

async function ask(method: string, path: string, body?: unknown, headers = {}, role: Role = 'responder') {
  const name = path.endsWith('/pdf') ? 'PostmortemPdf' : 'Postmortems';
  const request = {
    method,
    path,
    headers,
    authorizer: memberOf(org, role),
    ...(body !== undefined && { body }),
  };
  return call(world.as(name, name === 'Postmortems' ? routes : pdf), request);
}
const generate = async (id: string, body = {}) => ask('POST', `/api/incidents/${id}/postmortem`, body);

describe('the log of a post-mortem', () => {
  it('keeps what each generation made apart, and reads that of the last one alone', async () => {
    const { table } = await import('../../../functions/aws/table.ts');
    const { schema } = await import('../../../shared/table/index.ts');
    const { recordRoom } = await import('../../../functions/aws/room-log.ts');
    const { id } = await incident();
    const { id: postmortem } = (await generate(id)).body;
    await ask('PATCH', `/api/postmortems/${postmortem}`, { sections: { summary: 'Mine.' } });
    const note = { type: 'incident.noted', occurredAt: T0, data: { text: 'Decided: more' } } as const;
    await recordRoom(org, id, note, recording(16));
    const { body } = await generate(id);
    expect(body).toMatchObject({ version: 3, upTo: 5, createdAt: '2026-11-02T10:00:00.000Z' });
    expect(body.sections[0]).toMatchObject({ markdown: 'Mine.' });
    const items = async (kind: 'postmortemFact' | 'postmortemContent') =>
      (
        await table.query<object>({
          partition: schema[kind].partition({ org, postmortem }),
          prefix: schema[kind].sortPrefix,
        })
      ).items;
    expect((await items('postmortemContent')).length).toBe(2);
    for (const fact of await items('postmortemFact')) expect(JSON.stringify(fact).length).toBeLessThan(700);
    // The same again would only make the log longer.
    expect((await generate(id)).body.version).toBe(3);
  });
});

it('a post-mortem that an earlier version of the program kept in one item is read as it was', async () => {
  const { table } = await import('../../../functions/aws/table.ts');
  const { schema } = await import('../../../shared/table/index.ts');
  const { loadPostmortem } = await import('../../../functions/aws/postmortem-log.ts');
  const { content } = await import('../../shared/postmortems/given.ts');
  const { id: incidentId } = await incident();
  const postmortem = idOf('postmortem', T0, 'earlier');
  const data = { ...content(), incident: incidentId };
  const place = { org, postmortem, seq: 1 };
  const fact = { type: 'postmortem.generated', occurredAt: T0, recordedAt: T0, actor: ann, data, ...place };
  await table.put({ ...schema.postmortemFact.key(place), fact });
  expect(await loadPostmortem(org, postmortem)).toMatchObject({ sections: data.sections, version: 1 });
});

describe('POST and GET /api/incidents/{id}/postmortem', () => {
  it('generates it, with a cause and what shows each sentence, and gives it', async () => {
    const { id } = await incident();
    const { status, body, headers } = await generate(id);
    expect([status, headers.etag]).toEqual([201, '"1"']);
    const view: PostmortemView = body;
    expect(view.rootCause).toMatchObject({
      verdict: 'CONFIRMED',
      hypotheses: [{ title: 'Basket (checkout 4.2.0)' }],
    });
    const ids = new Set(view.sources.map((source) => source.id));
    for (const section of view.sections)
      for (const piece of section.pieces)
        if (piece.kind === 'filled')
          for (const { cites } of piece.sentences) for (const cite of cites) expect(ids).toContain(cite);
    expect((await ask('GET', `/api/incidents/${id}/postmortem`)).body).toEqual(body);
    expect((await ask('GET', `/api/postmortems/${view.id}`)).body).toEqual(body);
    expect((await ask('GET', '/api/postmortems')).body.items).toMatchObject([
      { id: view.id, status: 'draft' },
    ]);
  });

  it('says so when there is none yet, or the template is not there', async () => {
    const { id } = await incident();
    expect((await ask('GET', `/api/incidents/${id}/postmortem`)).body.error.message).toContain(
      'POST to the same address',
    );
    expect((await generate(id, { template: 'nowhere' })).body.error.message).toContain(
      "no template 'nowhere'; there are default",
    );
    expect((await ask('POST', `/api/incidents/${id}/postmortem`, {}, {}, 'viewer')).status).toBe(403);
  });

  it('uses a configured template, and knows what services depend on', async () => {
    const { replaceConfiguration } = await import('../../../functions/aws/configuration.ts');
    const { configurationSchema } = await import('../../../shared/configuration/index.ts');
    const template = { id: 'short', name: 'Short', version: 3, markdown: '## In short\n{{summary}}' };
    const document = configurationSchema.parse({
      services: [{ id: 'Checkout', dependsOn: ['database'] }],
      postmortemTemplates: [template],
    });
    await replaceConfiguration(org, 0, document, { actor: ann, at: T0 });
    const log = await import('../../../functions/aws/incident-log.ts');
    const data = { title: 'Database is slow', severity: 'P2_HIGH', service: 'database' } as const;
    await log.declare(org, data, { ...recording(-10), at: T0 - 10 * MINUTE, seed: 'db' });
    const { id } = await incident();
    const { body } = await generate(id);
    expect(body.template).toEqual({ id: 'short', version: 3 });
    expect(body.sections.map(({ title }: { title: string }) => title)).toEqual(['In short']);
    expect(body.rootCause.hypotheses.map(({ kind }: { kind: string }) => kind)).toEqual([
      'change',
      'dependency',
    ]);
  });
});

describe('PATCH /api/postmortems/{id}', () => {
  it('writes, moves on, and keeps what was written when it is generated anew', async () => {
    const { id, resolve } = await incident();
    const { body: first } = await generate(id);
    const path = `/api/postmortems/${first.id}`;
    const wrote = await ask(
      'PATCH',
      path,
      { sections: { 'root-cause': 'The *basket* was unbounded.' } },
      { 'if-match': '"1"' },
    );
    expect(wrote.body).toMatchObject({ version: 2, status: 'draft' });
    expect((await ask('PATCH', path, { status: 'done' })).status).toBe(409);
    await resolve();
    expect((await generate(id)).body).toMatchObject({ version: 3 });
    const moved = await ask('PATCH', path, { status: 'done', sections: { summary: 'Short.' } });
    expect(moved.body).toMatchObject({ version: 5, status: 'done' });
    const { text } = await ask('GET', `${path}/markdown`);
    expect(text).toContain('## Root cause\n\nThe *basket* was unbounded.');
    expect((await generate(id)).body.error.message).toContain('is done');
    expect((await ask('PATCH', path, { sections: { summary: 'x' } })).status).toBe(409);
    const back = await ask('PATCH', path, { status: 'draft', sections: { summary: null } });
    expect(back.body).toMatchObject({ version: 7, status: 'draft' });
  });

  it('[F62] is carried out once under an Idempotency-Key', async () => {
    const { id } = await incident();
    const path = `/api/postmortems/${(await generate(id)).body.id}`;
    const change = () =>
      ask('PATCH', path, { sections: { summary: 'x' } }, { 'idempotency-key': 'one-and-the-same' });
    expect((await change()).body.version).toBe(2);
    expect((await change()).body.version).toBe(2);
  });

  it('refuses an old version, a strange section, and nothing at all', async () => {
    const { id } = await incident();
    const path = `/api/postmortems/${(await generate(id)).body.id}`;
    expect((await ask('PATCH', path, { status: 'review' }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await ask('PATCH', path, { sections: { nowhere: 'x' } })).body.error.message).toContain(
      "no section 'nowhere'",
    );
    expect((await ask('PATCH', path, {})).status).toBe(400);
  });
});

describe('GET /api/postmortems/{id}/{markdown|html|pdf}', () => {
  const pathOf = async () => `/api/postmortems/${(await generate((await incident()).id)).body.id}`;

  it('gives HTML that stands alone, with the drawing, and loads or runs nothing', async () => {
    const { headers, text } = await ask('GET', `${await pathOf()}/html`);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).toContain('<svg xmlns');
    expect(text).not.toMatch(/<script|<img|<link|@import/);
    for (const [, number] of text.matchAll(/href="#source-(\d+)"/g))
      expect(text).toContain(`id="source-${number}"`);
  });

  it('[F78] gives a PDF with pages and nothing active', async () => {
    const { status, headers, text } = await ask('GET', `${await pathOf()}/pdf`);
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(text, 'base64');
    expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.3');
    expect(bytes.toString('latin1')).not.toMatch(/\/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA)\b/);
    if (process.env.SHOTS !== undefined) writeFileSync(join(process.env.SHOTS, 'post-mortem.pdf'), bytes);
  });

  it('is not there for others', async () => {
    const path = await pathOf();
    org = idOf('organisation', T0, 'another');
    for (const form of ['', '/markdown', '/html', '/pdf'])
      expect((await ask('GET', `${path}${form}`)).status).toBe(404);
  });
});
