import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { replaceConfiguration } from '../../../functions/aws/configuration.ts';
import { log } from '../../../functions/edge/log.ts';
import { configurationSchema } from '../../../shared/configuration/index.ts';
import { idOf, type OrganisationId, system } from '../../../shared/kernel/index.ts';
import { startConfiguration } from './caller.ts';

let world: Awaited<ReturnType<typeof startConfiguration>>;
beforeAll(async () => {
  world = await startConfiguration();
});
afterAll(() => world.stop());

const by = { actor: system('test'), at: 5 };
let next = 0;
const newOrg = (): OrganisationId => idOf('organisation', 0, 'refused', String(next++));

describe('a configuration', () => {
  it('[F30] [C15] is not destroyed by who reads it after a rollback and changes it, unless they say so', async () => {
    const org = newOrg();
    vi.spyOn(log, 'error').mockReturnValue(undefined);
    const put = (body: unknown, version: number, query = '') =>
      world.call(org, `PUT /api/config${query}`, { body, version });
    const document = configurationSchema.parse({
      people: [{ id: 'ann', name: 'ann', email: 'ann@example.com' }],
    });
    const web = { id: 'web', name: 'Web', levels: [{ targets: ['ann'] }], quietHours: '22-6' };
    const rules = [
      { id: 'web', name: 'Web', actions: { assignToTeam: 'web' } },
      { id: 'db', name: 'Database', conditions: { labels: { env: 'dev' } } },
    ];
    await replaceConfiguration(org, 0, { ...document, policies: [web], rules } as never, by);
    const { json, status } = await world.call(org, 'GET /api/config');
    const { people: everybody, policies, rules: understood } = json.configuration;
    expect([status, everybody, policies]).toEqual([200, document.people, []]);
    expect(understood).toMatchObject([{ id: 'web', actions: { assignToTeam: 'web' } }]);
    expect(json.leftOut).toEqual([
      expect.stringMatching(/^policies\[0\] 'web': .*quietHours/),
      expect.stringMatching(/^rules\[1\] 'db': conditions .*labels/),
    ]);
    const refused = await put(document, 1);
    expect([refused.status, refused.json.error.code]).toEqual([409, 'conflict']);
    for (const part of ["'web'", 'quietHours', "'db'", 'dropLeftOut=true'])
      expect(refused.json.error.message).toContain(part);
    // A plan that called it nothing would be believed.
    const plan = (query = '') => world.call(org, `POST /api/config/plan${query}`, { body: document });
    const planned = await plan();
    expect([planned.status, planned.json.error]).toEqual([409, { ...refused.json.error }]);
    const lossy = await plan('?dropLeftOut=true');
    expect([lossy.status, lossy.json.warnings[0]]).toEqual([200, expect.stringContaining('quietHours')]);
    expect(lossy.json.words).toContain(`! ${lossy.json.warnings[0]}`);
    expect((await put(document, 7)).status).toBe(412);
    expect((await world.call(org, 'GET /api/config')).json.leftOut).toHaveLength(2);
    const dropped = await put(document, 1, '?dropLeftOut=true');
    expect([dropped.status, dropped.etag, dropped.json.leftOut]).toEqual([200, '"2"', undefined]);
    expect((await put(document, 2)).status).toBe(200);
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
    const planned = await world.call(org, 'POST /api/config/plan', { body: { rules } });
    expect([planned.status, planned.json.error.message]).toEqual([
      413,
      expect.stringMatching(/bytes when it is compressed; at most 2400000/),
    ]);
  });
});
