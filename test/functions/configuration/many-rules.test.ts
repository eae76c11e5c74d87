import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toContext } from '../../../functions/edge/caller.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

let engine: { stop(): Promise<void> };
let handler: (
  event: APIGatewayProxyEvent,
  context: typeof lambdaContext,
) => Promise<{ statusCode: number; body: string }>;
beforeAll(async () => {
  engine = await startDynamoDb();
  process.env.CONSOLE_URL = 'https://console.example';
  ({ handler } = await import('../../../functions/configuration/routes.ts'));
});
afterAll(() => engine.stop());

async function put(rules: readonly object[]) {
  const org = idOf('organisation', 0, `${rules.length} ${JSON.stringify(rules[0])}`);
  const authorizer = toContext({
    kind: 'machine',
    org,
    id: idOf('key', 0, 'k'),
    name: 'CI',
    role: 'manager',
  });
  const headers = { 'if-match': '"0"' };
  const call = async (method: string, body?: unknown) => {
    const event = httpEvent({ method, path: '/api/config', body, headers, authorizer });
    const { statusCode, body: answer } = await handler(event, lambdaContext);
    return { status: statusCode, json: JSON.parse(answer) };
  };
  return { put: await call('PUT', { rules }), get: await call('GET') };
}

/** Signs that cannot be compressed by much. */
function noise(seed: number, length: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return String.fromCharCode(35 + ((state >> 12) % 57));
  }).join('');
}

const rule = (i: number, description = 'What the team said about it when they wrote it down') => ({
  ...{ id: `rule-${i}`, name: `Rule ${i}`, description },
  conditions: { when: `service="service-${i}", env=~"prod|live"`, severity: 'P2_HIGH' },
});

describe('[F64] 10,000 rules in one configuration', () => {
  it('are kept and read again', async () => {
    const rules = Array.from({ length: 10_000 }, (_, i) => rule(i));
    const { put: stored, get } = await put(rules);
    expect(stored.status, JSON.stringify(stored.json).slice(0, 500)).toBe(200);
    expect(get.json.configuration.rules).toHaveLength(10_000);
  }, 60_000);

  it('that are too large to be kept are refused with their size and what to do', async () => {
    const rules = Array.from({ length: 1_950 }, (_, i) => rule(i, noise(i, 1_990)));
    const { put: refused } = await put(rules);
    expect(refused.status).toBe(413);
    expect(refused.json.error.message).toMatch(
      /^The configuration has \d+ bytes when it is compressed; at most 2400000 can be kept\. Leave out rules/,
    );
  }, 60_000);

  it('that could be kept and never be shown again are refused, with what to do', async () => {
    // Each quote is two bytes of the request, and four of an answer in what Lambda sends.
    const rules = Array.from({ length: 900 }, (_, i) => rule(i, '"'.repeat(2_000)));
    const { put: refused, get } = await put(rules);
    expect([refused.status, get.json.version]).toEqual([413, 0]);
    expect(refused.json.error.message).toMatch(
      /^As it would be answered the configuration has \d+ bytes; at most 6029412 can be\. Leave out rules/,
    );
  }, 60_000);

  it('and one more are refused', async () => {
    const { put: refused } = await put(Array.from({ length: 10_001 }, (_, i) => rule(i, '')));
    expect(refused.status).toBe(400);
  }, 60_000);
});
