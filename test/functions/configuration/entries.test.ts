import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { startConfiguration } from './caller.ts';

let world: Awaited<ReturnType<typeof startConfiguration>>;
let org: OrganisationId = 'org_X';
let count = 0;
beforeAll(async () => {
  world = await startConfiguration();
});
afterAll(() => world.stop());
beforeEach(async () => {
  org = idOf('organisation', 0, `entries ${count++}`);
  const rules = ['a', 'b', 'c'].map((id) => rule(id));
  await world.call(org, 'PUT /api/config', { body: { rules, services: [{ id: 'db' }] }, version: 0 });
});

const rule = (id: string, more: object = {}) => ({ id, name: id, ...more });
const change = (
  verb: string,
  body?: object,
  { version = 1, role = 'manager' as 'manager' | 'responder' } = {},
) => world.call(org, verb, { ...(body && { body }), version, role });
const inForce = async () => (await world.call(org, 'GET /api/config')).json;
const order = async () => (await inForce()).configuration.rules.map(({ id }: { id: string }) => id);

describe('one rule', () => {
  it('is changed at its place, and the version says by whom and why', async () => {
    const { status, etag, json } = await change(
      'PUT /api/rules/b?reason=Louder',
      rule('b', { description: 'loud' }),
    );
    expect([status, etag, json.version, json.place, json.rule.description]).toEqual([
      200,
      '"2"',
      2,
      1,
      'loud',
    ]);
    expect(await order()).toEqual(['a', 'b', 'c']);
    const { items } = (await world.call(org, 'GET /api/config/versions')).json;
    expect(items[0]).toMatchObject({ version: 2, reason: 'Louder', touched: { lists: { rules: ['b'] } } });
  });

  it('is put last when it is new, or where it is wanted, and moved', async () => {
    expect((await change('PUT /api/rules/d', rule('d'))).json.place).toBe(3);
    expect((await change('PUT /api/rules/e?place=0', rule('e'), { version: 2 })).json.place).toBe(0);
    expect((await change('PUT /api/rules/a?place=4', rule('a'), { version: 3 })).json.place).toBe(4);
    expect(await order()).toEqual(['e', 'b', 'c', 'd', 'a']);
    const beyond = await change('PUT /api/rules/a?place=5', rule('a'), { version: 4 });
    expect([beyond.status, beyond.json.error.param]).toEqual([400, 'query.place']);
    expect(beyond.json.error.message).toContain('Got 5; allowed is 0 to 4');
  });

  it('is put before one that takes every alert when it is new, and the answer warns once of one that lands behind', async () => {
    await change('DELETE /api/rules/b');
    const some = { conditions: { alertPattern: 'x' } };
    const put = (target: string, version: number, more: object = some) =>
      change(`PUT /api/rules/${target}`, rule(target.replace(/\?.*/, ''), more), { version });
    // 'a' takes every alert.
    const early = await put('early', 2);
    expect([early.json.place, early.json.warnings]).toEqual([0, undefined]);
    const late = await put('late?place=3', 3);
    expect([late.json.place, late.json.warnings]).toEqual([
      3,
      ["Rule 'a' takes every alert, so 'late' behind it is never tried."],
    ]);
    expect((await put('late', 4, { ...some, description: 'again' })).json.warnings).toBeUndefined();
    expect((await put('rest', 5, {})).json).toMatchObject({
      place: 4,
      warnings: ["Rule 'a' takes every alert, so 'rest' behind it is never tried."],
    });
  });

  it('is taken out of force', async () => {
    const { status, etag, json } = await change('DELETE /api/rules/b');
    expect([status, etag, json]).toEqual([200, '"2"', { version: 2 }]);
    expect(await order()).toEqual(['a', 'c']);
    expect((await change('DELETE /api/rules/b', undefined, { version: 2 })).status).toBe(404);
  });

  it('is refused where the whole would not agree, and nothing changes', async () => {
    const nobody = await change('PUT /api/rules/b', rule('b', { actions: { assignToTeam: 'nobody' } }));
    expect([nobody.status, nobody.json.error.message]).toEqual([
      400,
      expect.stringContaining("There is no policy 'nobody'; the document has none"),
    ]);
    const other = await change('PUT /api/rules/b', rule('a'));
    expect([other.status, other.json.error.param]).toEqual([400, 'body.id']);
    expect((await change('PUT /api/rules/b', rule('b'), { role: 'responder' })).status).toBe(403);
    expect((await inForce()).version).toBe(1);
  });

  it('is not changed from a version that is not in force, nor without saying from which', async () => {
    expect((await change('PUT /api/rules/b', rule('b'), { version: 7 })).status).toBe(412);
    expect((await world.call(org, 'DELETE /api/rules/b', {})).status).toBe(412);
  });
});

describe('one service of the catalogue', () => {
  it('is put, read with what needs it, and removed', async () => {
    const shop = { id: 'shop', name: 'Shop', tier: 1, dependsOn: ['db'] };
    const put = await change('PUT /api/services/shop', shop);
    expect([put.status, put.json.service]).toEqual([200, shop]);
    const db = await world.call(org, 'GET /api/services/db', { role: 'viewer' });
    expect([db.status, db.etag, db.json]).toEqual([
      200,
      '"2"',
      { version: 2, service: { id: 'db', dependsOn: [] }, neededBy: ['shop'] },
    ]);
    expect((await change('DELETE /api/services/shop', undefined, { version: 2 })).json).toEqual({
      version: 3,
    });
    expect((await world.call(org, 'GET /api/services/shop')).status).toBe(404);
    expect(await order()).toEqual(['a', 'b', 'c']);
  });

  it('is put with a warning of what it needs that the catalogue does not have', async () => {
    const put = await change('PUT /api/services/shop', { id: 'shop', dependsOn: ['db', 'ghost'] });
    expect(put.json.warnings).toEqual([
      "Service 'shop' depends on 'ghost', not in the catalogue: right if alerts name it so, else a slip.",
    ]);
    const again = await change('PUT /api/services/db', { id: 'db', tier: 1 }, { version: 2 });
    expect([again.status, again.json.warnings]).toEqual([200, undefined]);
  });
});

describe('the whole configuration', () => {
  it('is put in force and rolled back with the warnings of its plan, in words too', async () => {
    const body = { rules: [rule('rest'), rule('late')], services: [{ id: 'db' }] };
    const planned = (await world.call(org, 'POST /api/config/plan', { body })).json;
    const hidden = "Rule 'rest' takes every alert, so 'late' behind it is never tried.";
    expect(planned.warnings).toContain(hidden);
    const put = (await world.call(org, 'PUT /api/config', { body, version: 1 })).json;
    expect([put.warnings, put.words]).toEqual([planned.warnings, planned.words]);
    await change('DELETE /api/rules/late', undefined, { version: 2 });
    const back = { version: 2, reason: 'Back' };
    const rolled = (await world.call(org, 'POST /api/config/rollback', { body: back, version: 3 })).json;
    expect([rolled.warnings, rolled.words.includes(`! ${hidden}`)]).toEqual([planned.warnings, true]);
  });
});

describe('[F64] an organisation whose rules are dearer than what is taken', () => {
  const dear = Array.from({ length: 60 }, (_, i) =>
    rule(`dear-${i}`, { conditions: { alertPattern: `[ab]*a[ab]{${200 + i}}c` } }),
  );

  it('can change all else, and its rules when they become no dearer', async () => {
    const { replaceConfiguration } = await import('../../../functions/aws/configuration.ts');
    const { configurationParts } = await import('../../../shared/configuration/index.ts');
    const body = configurationParts.parse({ rules: dear });
    await replaceConfiguration(org, 1, body, { actor: { kind: 'system', id: 'before' }, at: 0 });
    const whole = { rules: dear, services: [{ id: 'web' }] };
    const post = (verb: string, sent: object) => change(verb, sent, { version: 2 });
    const worse = [...dear, rule('worse', { conditions: { alertPattern: '[ab]*a[ab]{400}c' } })];
    expect((await post('PUT /api/rules/worse', worse.at(-1) ?? {})).json.error.message).toMatch(
      /^configuration\.rules\[60\]\.conditions \(of .worse.\): Some alert would take/,
    );
    for (const verb of ['PUT /api/config', 'POST /api/config/plan'])
      expect((await post(verb, { ...whole, rules: worse })).json.error).toMatchObject({
        param: 'body.rules[60].conditions',
        message: expect.stringContaining('that those in force take'),
      });
    expect((await post('POST /api/config/plan', whole)).status).toBe(200);
    expect((await post('PUT /api/config', whole)).status).toBe(200);
    expect((await change('DELETE /api/rules/dear-3', undefined, { version: 3 })).status).toBe(200);
    const other = await change('PUT /api/services/web', { id: 'web', name: 'Shop' }, { version: 4 });
    expect(other.status).toBe(200);
  });
});
