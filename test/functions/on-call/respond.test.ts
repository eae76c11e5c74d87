import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, idOf } from '../../../shared/kernel/index.ts';
import { encodeLink, linkExpiry } from '../../../shared/on-call/index.ts';
import { call, type FunctionWorld, startWorld } from '../../support/function-world.ts';
import { ann, minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let linkSigner: typeof import('../../../functions/on-call/signature.ts').linkSigner;
let aws: typeof import('../../../functions/aws/incident-log.ts');
let scene: typeof import('./scene.ts');
let providers: ReturnType<typeof import('./scene.ts').startProviders>;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  scene = await import('./scene.ts');
  providers = scene.startProviders();
  ({ handler } = await import('../../../functions/on-call/routes.ts'));
  handler = world.as('OnCall', handler);
  ({ linkSigner } = await import('../../../functions/on-call/signature.ts'));
  aws = await import('../../../functions/aws/incident-log.ts');
});
afterAll(async () => {
  providers.stop();
  await world.stop();
});
beforeEach(() => world.setClock(T0));

async function paged(person = 'bob') {
  const { org, id } = await scene.open(await scene.organisation(`respond ${count++}`), {
    title: '<script>alert(1)</script>',
  });
  const link = { org, incident: id, generation: 1, step: 1, person, expiresAt: linkExpiry(T0) };
  const incident = async () => {
    const found = await aws.loadIncident(org, id);
    if (!found) throw new Error('It is gone');
    return found;
  };
  const command = (wanted: Parameters<typeof aws.command>[2]) =>
    aws.command(org, id, wanted, { actor: ann, now: T0 });
  return { token: encodeLink(link, await linkSigner()), incident, command };
}
const get = (token: string) => call(handler, { path: `/respond/${token}` });
const post = (token: string) =>
  call(handler, {
    method: 'POST',
    path: `/respond/${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  });

describe('[F41] opening the link of a page', () => {
  it('changes nothing, however often, and shows what it is about as text', async () => {
    const { token, incident } = await paged();
    for (let i = 0; i < 3; i++) await get(token);
    const { status, headers, text } = await get(token);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script');
    expect(text).toContain('Acknowledge as <bdi>bob</bdi>');
    expect(await incident()).toMatchObject({ state: 'triggered', version: 1 });
  });
});

describe('answering by the link', () => {
  it('acknowledges as the person to whom it was sent and shows that', async () => {
    const { token, incident } = await paged();
    world.setClock(minutes(3));
    const { status, text } = await post(token);
    expect(status).toBe(200);
    expect(text).toContain('It is acknowledged by <bdi>bob</bdi> at 2026-11-02 09:03:00Z');
    expect(await incident()).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: { kind: 'person', id: 'bob', name: 'bob' },
    });
  });
  it('[F41] [M4] used again shows who acknowledged and changes nothing', async () => {
    const { token, incident } = await paged();
    await post(token);
    const { version } = await incident();
    expect((await post(token)).text).toContain('already acknowledged by <bdi>bob</bdi>');
    expect((await get(token)).text).not.toContain('<form');
    expect((await incident()).version).toBe(version);
  });
  it('after somebody else shows that one; of two at once one acknowledges', async () => {
    const { token, command } = await paged();
    await command({ do: 'acknowledge' });
    expect((await post(token)).text).toContain('already acknowledged by <bdi>Ann</bdi>');
    const other = await paged();
    const both = await Promise.all([post(other.token), post(other.token)]);
    expect(both.filter(({ text }) => !text.includes('already'))).toHaveLength(1);
  });
  it('[M4] of what was resolved says so and brings nothing back', async () => {
    const { token, command, incident } = await paged();
    await command({ do: 'resolve', reason: 'alerts-resolved', at: T0 });
    expect((await post(token)).text).toContain('already resolved');
    expect((await incident()).state).toBe('resolved');
  });
  it('of an earlier generation, or of what was deleted, is out of date', async () => {
    const { token, command, incident } = await paged();
    await command({ do: 'resolve', reason: 'alerts-resolved', at: T0 });
    await command({ do: 'reopen', reason: 'alert-fired', at: T0 });
    expect(await post(token)).toMatchObject({ status: 410 });
    expect((await incident()).state).toBe('triggered');
    const other = await paged();
    await other.command({ do: 'delete' });
    expect((await get(other.token)).status).toBe(410);
  });
});

describe('a link that is not valid', () => {
  const refused = async (token: string) => {
    for (const answer of [await get(token), await post(token)]) {
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('This link is not valid');
      expect(answer.text).not.toMatch(/INC-|script>|org_/);
    }
  };
  it('[F41] because it is a day old shows nothing', async () => {
    const { token } = await paged();
    world.setClock(T0 + DAY);
    await refused(token);
  });
  it('because it was changed or made up shows nothing', async () => {
    const { token, incident } = await paged();
    await refused(token.replace('.bob.', '.ann.'));
    await refused(`${token}x`);
    await refused('x');
    await refused('a'.repeat(3_000));
    expect((await incident()).state).toBe('triggered');
  });
  it('because its person can no longer be paged shows nothing', async () => {
    const { token } = await paged('gone');
    await refused(token);
  });
  it('because its incident is nowhere is out of date', async () => {
    const org = await scene.organisation(`respond ${count++}`);
    const link = {
      org,
      incident: idOf('incident', T0, 'nowhere'),
      generation: 1,
      step: 1,
      person: 'bob',
      expiresAt: linkExpiry(T0),
    };
    expect((await get(encodeLink(link, await linkSigner()))).status).toBe(410);
  });
});
