import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrganisationId } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';

let world: FunctionWorld;
let routes: Parameters<typeof call>[0];
let scene: typeof import('./scene.ts');
const ssm = mockClient(SSMClient);
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  routes = world.as('OnCall', (await import('../../../functions/on-call/routes.ts')).handler);
  scene = await import('./scene.ts');
  ssm.on(PutParameterCommand).resolves({});
  ssm.on(DeleteParameterCommand).resolves({});
});
afterAll(() => {
  ssm.restore();
  return world.stop();
});

const ask = (org: OrganisationId, method: string, path: string, body?: object) =>
  call(routes, { method, path, authorizer: memberOf(org, 'administrator'), ...(body && { body }) });
const setUp = (org: OrganisationId, channel: 'slack' | 'webhook') =>
  ask(org, 'PUT', `/api/on-call/channels/${channel}`, channel === 'slack' ? { botToken: 'xoxb-1' } : {});

describe('settings of channels', () => {
  it('are listed without what they are, replaced and removed', async () => {
    const org = await scene.organisation(`settings ${count++}`);
    const first = await setUp(org, 'webhook');
    const second = await setUp(org, 'webhook');
    expect(first.body.secret).toMatch(/^whsec_[0-9a-f]{64}$/);
    expect(second.body.secret).not.toBe(first.body.secret);
    await setUp(org, 'slack');
    const { text, body } = await ask(org, 'GET', '/api/on-call/channels');
    expect(body.items.map(({ channel }: { channel: string }) => channel)).toEqual(['slack', 'webhook']);
    expect(text).not.toMatch(/whsec|xoxb/);
    expect(await ask(org, 'DELETE', '/api/on-call/channels/slack')).toMatchObject({ status: 204 });
    expect(await ask(org, 'DELETE', '/api/on-call/channels/slack')).toMatchObject({ status: 404 });
  });
  it('that are wrong are refused without being repeated', async () => {
    const org = await scene.organisation(`settings ${count++}`);
    const { status, text } = await ask(org, 'PUT', '/api/on-call/channels/slack', { botToken: 'canary' });
    expect(status).toBe(400);
    expect(text).not.toContain('canary');
    expect(await ask(org, 'PUT', '/api/on-call/channels/teams', {})).toMatchObject({ status: 400 });
  });
  it('[F57] are for administrators', async () => {
    const org = await scene.organisation(`settings ${count++}`);
    const path = '/api/on-call/channels/sms';
    const refused = await call(routes, {
      method: 'PUT',
      path,
      body: {},
      authorizer: memberOf(org, 'manager'),
    });
    expect(refused.status).toBe(403);
  });
});
