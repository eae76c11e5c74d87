import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfiguration, replaceConfiguration } from '../../../functions/aws/configuration.ts';
import { table } from '../../../functions/aws/table.ts';
import { toContext } from '../../../functions/edge/caller.ts';
import { tellLeftOut } from '../../../functions/edge/left-out.ts';
import { log } from '../../../functions/edge/log.ts';
import { configurationSchema } from '../../../shared/configuration/index.ts';
import { defaultDetectionSettings } from '../../../shared/detection/index.ts';
import { idOf, type OrganisationId, type Role, system } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { defaultWarRoomSettings } from '../../../shared/war-room/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

let engine: { stop(): Promise<void> };
let handler: (
  event: APIGatewayProxyEvent,
  context: typeof lambdaContext,
) => Promise<{ statusCode: number; body: string; headers: Record<string, string> }>;
beforeAll(async () => {
  engine = await startDynamoDb();
  process.env.CONSOLE_URL = 'https://console.example';
  ({ handler } = await import('../../../functions/configuration/routes.ts'));
});
/** An account outside of the SES sandbox, unless a test says otherwise. */
const ses = mockClient(SESClient);
const account = (Max24HourSend: number) => ses.on(GetSendQuotaCommand).resolves({ Max24HourSend });
account(50_000);
afterAll(async () => {
  ses.restore();
  await engine.stop();
});

let next = 0;
const newOrg = (): OrganisationId => idOf('organisation', 0, String(next++));

async function call(
  org: OrganisationId,
  method: string,
  body?: unknown,
  headers = {},
  role: Role = 'manager',
  path = '/api/config',
) {
  const [at = '', search] = path.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  const authorizer = toContext({ kind: 'machine', org, id: idOf('key', 0, 'k'), name: 'CI', role });
  const event = httpEvent({ method, path: at, query, body, headers, authorizer });
  const result = await handler(event, lambdaContext);
  return { status: result.statusCode, etag: result.headers.etag, json: JSON.parse(result.body) };
}

const people = (...names: string[]) => ({
  people: names.map((id) => ({ id, name: id, email: `${id}@example.com` })),
});
const from = (version: number) => ({ 'If-Match': `"${version}"` });

describe('GET and PUT /api/config', () => {
  it('names the people whose address is not confirmed while the account is in the SES sandbox', async () => {
    account(200);
    ses.on(GetIdentityVerificationAttributesCommand).resolves({
      VerificationAttributes: {
        'ann@example.com': { VerificationStatus: 'Success' },
        'bob@example.com': { VerificationStatus: 'Pending' },
      },
    });
    const { status, json } = await call(newOrg(), 'PUT', people('ann', 'bob'), from(0));
    account(50_000);
    expect(status).toBe(200);
    expect(json.mail).toMatchObject([{ email: 'bob@example.com', state: 'waiting' }]);
  });

  it('begins empty at version 0', async () => {
    const { status, etag, json } = await call(newOrg(), 'GET');
    expect([status, etag]).toEqual([200, '"0"']);
    expect(json).toEqual({
      version: 0,
      configuration: {
        ...{ people: [], schedules: [], policies: [], rules: [], services: [], postmortemTemplates: [] },
        warRoom: defaultWarRoomSettings,
        runbooks: { services: {} },
        detection: defaultDetectionSettings,
      },
    });
  });

  it('replaces what is in force, and everybody reads it', async () => {
    const org = newOrg();
    expect(await call(org, 'PUT', people('ann'), from(0))).toMatchObject({ status: 200, etag: '"1"' });
    expect(await call(org, 'PUT', people('bob'), from(1))).toMatchObject({ status: 200, etag: '"2"' });
    const { json } = await call(org, 'GET', undefined, {}, 'viewer');
    expect(json).toMatchObject({ version: 2, updatedBy: idOf('key', 0, 'k'), configuration: people('bob') });
  });

  it('[F61] lets one of two changes of the same version through and answers 412 to the other', async () => {
    const org = newOrg();
    const answers = await Promise.all(['ann', 'bob'].map((name) => call(org, 'PUT', people(name), from(0))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await call(org, 'GET')).json.configuration).toEqual(winner?.json.configuration);
  });

  it('asks for the version, in a form that is one', async () => {
    const org = newOrg();
    expect((await call(org, 'PUT', people('ann'))).status).toBe(412);
    expect((await call(org, 'PUT', people('ann'), { 'if-match': '"x"' })).status).toBe(400);
    expect((await call(org, 'PUT', people('ann'), { 'if-match': 'W/"0"' })).status).toBe(200);
  });

  it('says where a document disagrees with itself', async () => {
    const policies = [{ id: 'web', name: 'Web', levels: [{ targets: ['eve'] }] }];
    const { status, json } = await call(newOrg(), 'PUT', { policies }, from(0));
    expect([status, json.error.param]).toEqual([400, 'body.policies[0].levels[0].targets[0]']);
  });

  it('is not emptied by what was forgotten: a list that has something is left out only as []', async () => {
    const org = newOrg();
    const policies = [{ id: 'web', name: 'Web', levels: [{ targets: ['ann'] }] }];
    await call(org, 'PUT', { ...people('ann'), policies }, from(0));
    for (const forgetful of [{}, { rules: [] }, { policies: [] }, people('ann')]) {
      const { status, json } = await call(org, 'PUT', forgetful, from(1));
      expect(status).toBe(400);
      expect(json.error.message).toMatch(
        /^The document has no '(people|policies)'.*version 1 has some.*\[\] for none/,
      );
    }
    expect(await call(org, 'PUT', { people: [], policies: [] }, from(1))).toMatchObject({ status: 200 });
  });

  it('is planned without writing anything: what would change, and what is odd', async () => {
    const org = newOrg();
    const policies = [{ id: 'web', name: 'Web', levels: [{ targets: ['ann'] }] }];
    await call(org, 'PUT', { ...people('ann'), policies }, from(0));
    const [ann] = people('ann').people;
    const cid = { id: 'cid', name: 'Cid', email: 'cid@example.com', sms: '+41790000000', channels: ['sms'] };
    const plan = { people: [{ ...ann, name: 'Anna' }, cid], policies: [] };
    const { status, json } = await call(org, 'POST', plan, {}, 'manager', '/api/config/plan');
    expect(status).toBe(200);
    expect(Object.keys(json)[0]).toBe('words');
    expect(json).toEqual({
      words: [
        '1 to add, 1 to change, 1 to remove.',
        '+ people: cid',
        '- policies: web',
        `~ people[ann].name: ${ann?.name} → Anna`,
        '! There is no policy, so every page goes to the administrators.',
        "! 'cid' cannot be reached at all: nobody has set up text message.",
      ],
      version: 1,
      lists: {
        people: { added: ['cid'], changed: ['ann'], removed: [], reordered: false },
        policies: { added: [], changed: [], removed: ['web'], reordered: false },
      },
      warRoom: 'same',
      runbooks: 'same',
      shadow: 'same',
      detection: 'same',
      changes: [{ path: 'people[ann].name', before: ann?.name, after: 'Anna' }],
      moreChanges: 0,
      warnings: [
        'There is no policy, so every page goes to the administrators.',
        "'cid' cannot be reached at all: nobody has set up text message.",
      ],
    });
    expect((await call(org, 'GET')).json.version).toBe(1);
    expect((await call(org, 'POST', {}, {}, 'manager', '/api/config/plan')).status).toBe(400);
    expect((await call(org, 'POST', plan, {}, 'responder', '/api/config/plan')).status).toBe(403);
  });

  it('put in force answers what it has changed, and not the whole to who wants no more', async () => {
    const org = newOrg();
    const first = await call(org, 'PUT', people('ann'), from(0));
    expect(Object.keys(first.json)[0]).toBe('words');
    expect(first.json).toMatchObject({ version: 1, configuration: people('ann') });
    const short = { ...from(1), prefer: 'return=minimal' };
    const { status, json } = await call(org, 'PUT', people('bob'), short);
    expect([status, json.version, json.configuration]).toEqual([200, 2, undefined]);
    const odd = '! There is no policy, so every page goes to the administrators.';
    expect(json.words).toEqual([expect.anything(), '+ people: bob', '- people: ann', odd]);
  });

  it('is changed by who says from which version, of which any is none', async () => {
    const any = await call(newOrg(), 'PUT', {}, { 'If-Match': '*' });
    expect([any.status, any.json.error.message]).toEqual([
      400,
      'If-Match takes the ETag of what is changed, such as "3"; got *.',
    ]);
  });

  it('[F57] is not for responders to change', async () => {
    expect((await call(newOrg(), 'PUT', {}, from(0), 'responder')).status).toBe(403);
  });

  it('[F56] of one organisation is not that of another', async () => {
    const [a, b] = [newOrg(), newOrg()];
    await call(a, 'PUT', people('ann'), from(0));
    expect((await call(b, 'GET')).json.version).toBe(0);
  });
});

describe('the store of configurations', () => {
  const by = { actor: system('test'), at: 5 };
  const large = configurationSchema.parse({
    rules: Array.from({ length: 900 }, (_, i) => ({
      id: `r${i}`,
      name: Array.from({ length: 12 }, (_, n) => Math.imul(i * 31 + n, 2_654_435_761).toString(36)).join(' '),
      description: Array.from({ length: 150 }, (_, n) => Math.imul(i * 97 + n, 40_503).toString(36)).join(
        ' ',
      ),
    })),
  });

  it('cuts a large document into items of at most 300 KB and joins them again', async () => {
    const org = newOrg();
    await replaceConfiguration(org, 0, large, by);
    const { items } = await table.query<{ body?: Uint8Array }>({
      partition: schema.configurationHead.partition({ org }),
    });
    const sizes = items.flatMap(({ body }) => body?.length ?? []);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300_000);
    expect(await loadConfiguration(org, tellLeftOut)).toEqual({
      version: 1,
      updatedAt: 5,
      updatedBy: 'test',
      body: large,
      leftOut: [],
    });
  });

  it('[F30] [C15] is read after a rollback too: what only a later version knows is left out, and that is logged once', async () => {
    const org = newOrg();
    const error = vi.spyOn(log, 'error').mockReturnValue(undefined);
    const document = configurationSchema.parse(people('ann', 'bob'));
    const [ann, bob] = document.people;
    const later = {
      ...document,
      people: [
        { ...ann, phone: '1' },
        { ...bob, email: 7 },
      ],
      shifts: [],
    };
    await replaceConfiguration(org, 0, later as unknown as typeof document, by);
    for (let reads = 0; reads < 3; reads++)
      expect((await loadConfiguration(org, tellLeftOut)).body).toEqual({ ...document, people: [ann] });
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.any(String), {
      org,
      version: 1,
      count: 3,
      leftOut: [
        'shifts: not known here',
        "people[0] 'ann' phone: not known here",
        expect.stringMatching(/^people\[1\] 'bob': /),
      ],
    });
    error.mockRestore();
    expect((await call(org, 'PUT', later, from(1))).status).toBe(400);
  });

  it('[F30] [C15] is not destroyed by who reads it after a rollback and changes it, unless they say so', async () => {
    const org = newOrg();
    vi.spyOn(log, 'error').mockReturnValue(undefined);
    const document = configurationSchema.parse(people('ann'));
    const web = { id: 'web', name: 'Web', levels: [{ targets: ['ann'] }], quietHours: '22-6' };
    const rules = [
      { id: 'web', name: 'Web', actions: { assignToTeam: 'web' } },
      { id: 'db', name: 'Database', conditions: { labels: { env: 'dev' } } },
    ];
    await replaceConfiguration(org, 0, { ...document, policies: [web], rules } as never, by);
    const { json, status } = await call(org, 'GET');
    const { people: everybody, policies, rules: understood } = json.configuration;
    expect([status, everybody, policies]).toEqual([200, document.people, []]);
    expect(understood).toMatchObject([{ id: 'web', actions: { assignToTeam: 'web' } }]);
    expect(json.leftOut).toEqual([
      expect.stringMatching(/^policies\[0\] 'web': .*quietHours/),
      expect.stringMatching(/^rules\[1\] 'db': conditions .*labels/),
    ]);
    const refused = await call(org, 'PUT', document, from(1));
    expect([refused.status, refused.json.error.code]).toEqual([409, 'conflict']);
    for (const part of ["'web'", 'quietHours', "'db'", 'dropLeftOut=true'])
      expect(refused.json.error.message).toContain(part);
    // A plan that called it nothing would be believed.
    const plan = (query = '') => call(org, 'POST', document, {}, 'manager', `/api/config/plan${query}`);
    const planned = await plan();
    expect([planned.status, planned.json.error]).toEqual([409, { ...refused.json.error }]);
    const lossy = await plan('?dropLeftOut=true');
    expect([lossy.status, lossy.json.warnings[0]]).toEqual([200, expect.stringContaining('quietHours')]);
    expect(lossy.json.words).toContain(`! ${lossy.json.warnings[0]}`);
    expect((await call(org, 'PUT', document, from(7))).status).toBe(412);
    expect((await call(org, 'GET')).json.leftOut).toHaveLength(2);
    const dropped = await call(org, 'PUT', document, from(1), 'manager', '/api/config?dropLeftOut=true');
    expect([dropped.status, dropped.etag, dropped.json.leftOut]).toEqual([200, '"2"', undefined]);
    expect((await call(org, 'PUT', document, from(2))).status).toBe(200);
    vi.restoreAllMocks();
  });

  it('[F10] that is too large to be kept is refused by its plan, too', async () => {
    const org = newOrg();
    // Three bytes of JSON in each character, and hardly to be compressed.
    const noise = (seed: number) =>
      Array.from({ length: 600 }, (_, n) => {
        const mixed = Math.imul((seed * 600 + n) ^ 0x9e3779b9, 2_654_435_761) >>> 3;
        return String.fromCharCode(0x4e00 + (mixed % 20_000));
      }).join('');
    const rules = Array.from({ length: 2_100 }, (_, i) => ({
      id: `r${i}`,
      name: 'R',
      description: noise(i),
    }));
    const planned = await call(org, 'POST', { rules }, {}, 'manager', '/api/config/plan');
    expect([planned.status, planned.json.error.message]).toEqual([
      413,
      expect.stringMatching(/bytes when it is compressed; at most 2400000/),
    ]);
  });

  it('gives the same body object while the version stays', async () => {
    const org = newOrg();
    await replaceConfiguration(org, 0, configurationSchema.parse(people('ann')), by);
    const [first, second] = [
      await loadConfiguration(org, tellLeftOut),
      await loadConfiguration(org, tellLeftOut),
    ];
    expect(second.body).toBe(first.body);
  });
});
