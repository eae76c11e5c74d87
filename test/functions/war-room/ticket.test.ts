import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { putTicket } from '../../../functions/aws/tickets.ts';
import { type Ctx, idOf, SECOND } from '../../../shared/kernel/index.ts';
import { env, functions } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { as, org, person } from '../../support/edge-verbs.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

let engine: { stop(): Promise<void> };
let ticket: typeof import('../../../functions/war-room/ticket.authorizer.ts').handler;
beforeAll(async () => {
  engine = await startDynamoDb();
  for (const name of functions.WarRoom.env) process.env[env[name]] ??= 'https://console.example';
  ({ handler: ticket } = await import('../../../functions/war-room/ticket.authorizer.ts'));
});
afterAll(() => engine.stop());

const ctx: Ctx = {
  org: idOf('organisation', 0, 'a'),
  role: 'responder',
  actor: { kind: 'person', id: 'per_ann', name: 'Ann' },
};

const connectWith = (text: string) =>
  ticket({
    methodArn: 'arn:aws:execute-api:eu-central-1:123456789012:api/live/$connect',
    headers: {},
    queryStringParameters: { ticket: text },
  } as unknown as APIGatewayRequestAuthorizerEvent);

describe('[F69] a ticket', () => {
  it('is made for a member, who is whom the socket then belongs to', async () => {
    const { handler } = await import('../../../functions/war-room/routes.ts');
    const authorizer = as('viewer');
    const event = httpEvent({ method: 'POST', path: '/api/war-room/tickets', authorizer });
    const { statusCode, body } = await handler(event, lambdaContext);
    expect(statusCode).toBe(201);
    const { context } = await connectWith(JSON.parse(body).ticket);
    expect(JSON.parse(String(context?.ctx))).toMatchObject({ org, role: 'viewer', actor: { id: person } });
  });

  it('[WR2] opens one socket', async () => {
    const { ticket: text } = await putTicket(ctx);
    expect((await connectWith(text)).policyDocument.Statement).toHaveLength(1);
    await expect(connectWith(text)).rejects.toThrow(/^Unauthorized$/);
  });

  it('opens only one of ten sockets that bring it at once', async () => {
    const { ticket: text } = await putTicket(ctx);
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => connectWith(text)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('[F32] is worth nothing after 60 s, although the store still has it', async () => {
    const { ticket: text, expiresAt } = await putTicket(ctx);
    const now = vi.spyOn(clock, 'now').mockReturnValue(expiresAt + 1);
    await expect(connectWith(text)).rejects.toThrow(/^Unauthorized$/);
    now.mockRestore();
    expect(expiresAt - clock.now()).toBeLessThanOrEqual(60 * SECOND);
  });

  it('cannot be made up or left out', async () => {
    for (const text of ['', 'x', '../TICKET'])
      await expect(connectWith(text)).rejects.toThrow(/^Unauthorized$/);
  });
});
