import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { ann, minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let routes: Parameters<typeof call>[0];
let escalate: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let deliver: typeof import('../../../functions/on-call/deliver.queue.ts').handler;
let aws: typeof import('../../../functions/aws/incident-log.ts');
let scene: typeof import('./scene.ts');
let providers: ReturnType<typeof import('./scene.ts').startProviders>;

beforeAll(async () => {
  world = await startWorld();
  scene = await import('./scene.ts');
  providers = scene.startProviders();
  routes = world.as('OnCall', (await import('../../../functions/on-call/routes.ts')).handler);
  escalate = world.as('Escalate', (await import('../../../functions/on-call/escalate.queue.ts')).handler);
  deliver = world.as('Deliver', (await import('../../../functions/on-call/deliver.queue.ts')).handler);
  aws = await import('../../../functions/aws/incident-log.ts');
});
afterAll(() => {
  providers.stop();
  return world.stop();
});

it('why somebody was paged, or not, is answered from the record, for anybody and for whoever asks', async () => {
  const org = await scene.organisation('paging');
  const incident = await scene.open(org);
  const named = { org, incident: incident.id, generation: 1, step: 1 };
  await escalate(queueEvent('Escalation', [{ kind: 'escalate', ...named, dueAt: T0 }]));
  await deliver(queueEvent('Delivery', [{ kind: 'deliver', ...named, person: 'ann', channel: 'email' }]));
  world.setClock(minutes(2));
  await aws.command(org, incident.id, { do: 'acknowledge' }, { actor: ann, now: minutes(2) });
  const paging = (query: Record<string, string>) =>
    call(routes, {
      method: 'GET',
      path: `/api/incidents/${incident.id}/paging`,
      query,
      authorizer: memberOf(org, 'viewer'),
    });
  const texts = async (person: string) =>
    ((await paging({ person })).body.items as { text: string }[]).map(({ text }) => text);
  expect(await texts('ann')).toEqual([
    expect.stringContaining("It pages by policy 'Default' (default), the first one"),
    'ann was paged with level 1, step 1.',
    'By e-mail: taken by the provider.',
    'It was acknowledged by Ann, which stopped the escalation.',
  ]);
  expect(await texts('bob')).toEqual([
    expect.stringContaining('It pages by policy'),
    'Level 1 was paged: ann. bob is not in it.',
    'It was acknowledged by Ann, which stopped the escalation. Level 2 was not reached before that.',
  ]);
  expect(await paging({ person: 'eve' })).toMatchObject({ status: 404 });
  // Who asks is no member here any more, so there is nobody to answer about.
  expect(await paging({})).toMatchObject({ status: 404 });
  const root = idOf('person', T0, 'root');
  expect(await texts(root)).toContain('Level 1 was paged: ann. Root is not in it.');
});

it('pages sent before an incident was opened again are told with what is told since', async () => {
  const org = await scene.organisation('paged before');
  const incident = await scene.open(org);
  const named = { org, incident: incident.id, generation: 1, step: 1 };
  await escalate(queueEvent('Escalation', [{ kind: 'escalate', ...named, dueAt: T0 }]));
  await deliver(queueEvent('Delivery', [{ kind: 'deliver', ...named, person: 'ann', channel: 'email' }]));
  const command = (what: Parameters<typeof aws.command>[2], at: number) =>
    aws.command(org, incident.id, what, { actor: ann, now: minutes(at) });
  await command({ do: 'resolve', reason: 'alerts-resolved', at: minutes(3) }, 3);
  await command({ do: 'reopen', reason: 'alert-fired', at: minutes(4), pageAt: minutes(30) }, 4);
  await command({ do: 'resolve', reason: 'person', at: minutes(5) }, 5);
  const ask = async (part: string, query: Record<string, string> = {}) =>
    (
      await call(routes, {
        ...{ method: 'GET', path: `/api/incidents/${incident.id}/${part}`, query },
        authorizer: memberOf(org, 'viewer'),
      })
    ).body;
  const paged = /Before that, it paged ann \(level 1, [-0-9]+ [:0-9]+ UTC\)\./;
  const { summary } = (await ask('explain')) as { summary: string };
  expect(summary).toMatch(paged);
  expect(summary).toMatch(/Since it was opened again at .* 09:04:00 UTC, INC-\d+ paged nobody/);
  const { items } = (await ask('paging', { person: 'ann' })) as { items: { text: string }[] };
  expect(items.map(({ text }) => text)).toEqual([
    expect.stringContaining('It pages by policy'),
    'Before it was opened again: ann (level 1), by e-mail: taken by the provider.',
    'It was opened again: what follows is since then.',
    'Ann resolved it, which stopped the escalation. Level 1 was not reached since it was opened again at 2026-11-02 09:04:00 UTC.',
  ]);
  expect(await ask('pages')).toMatchObject({
    ...{ generation: 2, items: [] },
    before: [{ generation: 1, step: 1, person: 'ann', state: 'sent' }],
  });
});
