import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineCall } from '../../infra/local/proxy/call.ts';
import { Counter, metricsIn, perOne } from './counter.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'counter-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const call = (some: Partial<EngineCall>): EngineCall => ({
  ...{
    service: 'dynamodb',
    operation: 'PutItem',
    function: 'DetectFunction0123ABCD',
    environment: 1,
    body: '',
  },
  ...some,
});

it('Calls, units and invocations are counted by function, and begin anew when they were taken', () => {
  const counter = new Counter();
  counter.invoked('DetectFunction0123ABCD');
  counter.observe(call({}), { status: 200, took: 1, units: { reads: 0, writes: 2 } });
  counter.observe(call({}), { status: 400, took: 1, units: { reads: 0, writes: 1 } });
  counter.observe(call({ operation: 'Query' }), { status: 200, took: 1, units: { reads: 1.5, writes: 0 } });
  expect(counter.take(data)).toMatchObject({
    Detect: {
      ...{ invocations: 1, writes: { 'dynamodb PutItem': 3 }, reads: { 'dynamodb Query': 1.5 } },
      calls: { 'dynamodb PutItem': 2, 'dynamodb Query': 1 },
    },
  });
  expect(counter.take(data)).toEqual({});
});

it('A request to the buckets is counted by its kind, whatever its path, and listing is one of its own', () => {
  const counter = new Counter();
  for (const operation of [
    'PUT /bucket/org_1/a',
    'PUT /bucket/org_1/b',
    'GET /bucket/',
    'GET /bucket/state.json',
  ])
    counter.observe(call({ service: 's3', operation }), { status: 200, took: 1 });
  expect(counter.take(data).Detect?.calls).toEqual({ 's3 PUT': 2, 's3 LIST': 1, 's3 GET': 1 });
});

it('A request to a queue is billed by 64 KB, and more when its messages carry a group', () => {
  const counter = new Counter();
  const send = (body: string) =>
    counter.observe(call({ service: 'sqs', operation: 'SendMessageBatch', body }), { status: 200, took: 1 });
  send('x'.repeat(64 * 1024 + 1));
  send('{"MessageGroupId":"a"}');
  expect(counter.take(data)).toMatchObject({ Detect: { queueRequests: 3, fairQueueRequests: 1 } });
});

it('What is new in the logs is counted, and the metrics in it are known', () => {
  mkdirSync(join(data, 'logs'));
  const log = (text: string) => writeFileSync(join(data, 'logs', 'SweepFunction0123ABCD.log'), text);
  const counter = new Counter();
  const metric = JSON.stringify({
    _aws: {
      Timestamp: 0,
      CloudWatchMetrics: [
        {
          Namespace: 'Incidents',
          Dimensions: [['service']],
          Metrics: [{ Name: 'SweepFinished', Unit: 'Count' }],
        },
      ],
    },
    ...{ service: 'sweep', SweepFinished: [1] },
  });
  log('plain\n');
  expect(counter.take(data)).toMatchObject({ Sweep: { logBytes: 6 } });
  log(`plain\n${metric}\n${metric}\n`);
  expect(counter.take(data)).toMatchObject({ Sweep: { logBytes: 2 * (metric.length + 1) } });
  expect(counter.metrics).toEqual(['Incidents service=sweep SweepFinished']);
});

it('A line with a metric is a metric for each set of dimensions', () => {
  const line = JSON.stringify({
    _aws: {
      CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['a'], ['a', 'b']], Metrics: [{ Name: 'M' }] }],
    },
    ...{ a: 'x', b: 'y', M: 1 },
  });
  expect(metricsIn(`other\n${line}`)).toEqual(['N a=x M', 'N a=x,b=y M']);
});

it('One of many is given in thousandths', () => {
  const counter = new Counter();
  for (let i = 0; i < 3; i++) counter.invoked('Sweep');
  expect(perOne(counter.take(data), 64)).toMatchObject({ Sweep: { invocations: 0.047 } });
});
