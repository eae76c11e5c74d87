import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { happenings, idleLines } from './bill.ts';
import type { Counted, Work } from './counter.ts';
import { MINUTES_A_MONTH } from './declared.ts';
import { afterFree, type Item, listPrice, prices, sum, times, type Usage } from './prices.ts';
import { type ScenarioName, scenarioNames } from './scenarios.ts';
import { assumed, usageOf } from './work-usage.ts';

const nothing: Work = {
  ...{ invocations: 0, calls: {}, writes: {}, reads: {} },
  ...{ queueRequests: 0, fairQueueRequests: 0, logBytes: 0 },
};
const work = (some: Partial<Work>): Work => ({ ...nothing, ...some });
const resource = (id: string, Type: string, Properties: Record<string, unknown> = {}) => ({
  ...{ id, Type, Properties },
});
const lambda = (name: string, more: Record<string, unknown> = {}) =>
  resource(name, 'AWS::Lambda::Function', { Runtime: 'nodejs24.x', Handler: `${name}.handler`, ...more });
const scenariosOf = (one: Counted) =>
  Object.fromEntries(Object.keys(scenarioNames).map((name) => [name, one])) as Record<ScenarioName, Counted>;
const without = { scenarios: scenariosOf({}), minute: {}, metrics: [] };
const monthOf = (resources: Parameters<typeof idleLines>[0]) =>
  sum(idleLines(resources, without).map(({ month }) => month));

const amounts = fc.record(
  Object.fromEntries(Object.keys(prices).map((item) => [item, fc.integer({ min: 0, max: 1e9 })])) as Record<
    Item,
    fc.Arbitrary<number>
  >,
  { requiredKeys: [] },
);

describe('A bill', () => {
  it('is the sum of its parts, and of a part so many times', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 100 }), (a: Usage, b: Usage, n) => {
        expect(listPrice(sum([a, b]))).toBeCloseTo(listPrice(a) + listPrice(b), 3);
        expect(listPrice(times(n, a)) / (n || 1)).toBeCloseTo(n === 0 ? 0 : listPrice(a), 3);
      }),
    );
  });

  it('is never more after what is free than at list prices, and nothing within what is free', () => {
    fc.assert(
      fc.property(amounts, (usage: Usage) => {
        expect(afterFree(usage)).toBeLessThanOrEqual(listPrice(usage));
        expect(afterFree(usage)).toBeGreaterThanOrEqual(0);
      }),
    );
    const free = Object.entries(prices).map(([item, { free: amount }]) => [item, amount]);
    expect(afterFree(Object.fromEntries(free))).toBe(0);
  });

  it('has the price of each thing by itself', () => {
    expect(listPrice({ restRequests: 1_000_000 })).toBe(3.5);
    expect(listPrice({ writeUnits: 2_000_000, readUnits: 1_000_000 })).toBeCloseTo(1.375);
    expect(listPrice({ secrets: 2, alarmMetrics: 3 })).toBeCloseTo(1.1);
    expect(afterFree({ alarmMetrics: 12, customMetrics: 11, dashboards: 1 })).toBeCloseTo(0.5);
  });
});

describe('What is declared', () => {
  it('costs fifteen empty receives a minute for each queue that feeds a function, and none for a stream', () => {
    const queue = (id: string) => resource(id, 'AWS::Lambda::EventSourceMapping', { BatchSize: 10 });
    const stream = resource('S', 'AWS::Lambda::EventSourceMapping', { StartingPosition: 'TRIM_HORIZON' });
    expect(monthOf([queue('A'), queue('B'), stream]).queueRequests).toBe(2 * 15 * MINUTES_A_MONTH);
  });

  it('costs an alarm for each metric that it watches, also behind an expression', () => {
    const metrics = [
      { Id: 'sum', Expression: 'a + b' },
      { Id: 'a', MetricStat: { Stat: 'Sum' } },
      { Id: 'b', MetricStat: { Stat: 'Sum' } },
    ];
    const alarm = (id: string, properties: Record<string, unknown>) =>
      resource(id, 'AWS::CloudWatch::Alarm', properties);
    const alarms = [alarm('A', { MetricName: 'Errors' }), alarm('B', { Metrics: metrics })];
    expect(monthOf(alarms).alarmMetrics).toBe(3);
  });

  it('costs each secret, dashboard and budget, and nothing for what is not there', () => {
    const month = monthOf([
      resource('S', 'AWS::SecretsManager::Secret'),
      resource('D', 'AWS::CloudWatch::Dashboard'),
      resource('B', 'AWS::Budgets::Budget'),
    ]);
    expect(month).toMatchObject({ secrets: 1, dashboards: 1, budgets: 1 });
    expect(listPrice(month)).toBeCloseTo(3.4);
    expect(monthOf([])).toEqual({});
  });
});

describe('What runs', () => {
  const counted: Counted = {
    Sweep: work({
      invocations: 1,
      calls: { 'dynamodb Query': 8 },
      reads: { 'dynamodb Query': 4 },
      logBytes: 150,
    }),
  };

  it('every minute is multiplied to a month', () => {
    const lines = idleLines([lambda('Sweep', { MemorySize: 1024 })], { ...without, minute: counted });
    const month = sum(lines.map(({ month }) => month));
    expect(month.invocations).toBe(MINUTES_A_MONTH);
    expect(month.readUnits).toBe(4 * MINUTES_A_MONTH);
    expect(month.gigabyteSeconds).toBeCloseTo(MINUTES_A_MONTH * (0.005 + 8 * 0.008));
    expect(month.traces ?? 0).toBe(0);
    expect(new Set(lines.map(({ group }) => group))).toEqual(new Set(['Sweep']));
  });

  it('is traced where the template says so', () => {
    const traced = lambda('Sweep', { TracingConfig: { Mode: 'Active' } });
    const [first] = happenings([traced], { ...without, scenarios: scenariosOf(counted) });
    expect(first?.traced).toEqual({ traces: 1_000_000 });
    const [untraced] = happenings([lambda('Sweep')], { ...without, scenarios: scenariosOf(counted) });
    expect(untraced?.traced).toEqual({});
  });

  it('is refused when the template does not know it', () => {
    expect(() => happenings([], { ...without, scenarios: scenariosOf(counted) })).toThrow(
      'Sweep was counted',
    );
  });

  it('pays the CDN before the gateway for what senders ask, its function and both ways of transfer, and for nobody else', () => {
    const one = work({ invocations: 1 });
    const host = usageOf({ Receive: one, Alerts: one, OnCall: one }, () => 512);
    expect(host).toMatchObject({ restRequests: 3, cdnRequests: 2, cdnRuns: 2 });
    expect(host.cdnGigabytes).toBeCloseTo((2 * assumed.answered) / 1e9, 12);
    expect(host.originGigabytes).toBeCloseTo((2 * assumed.sent) / 1e9, 12);
  });

  it('pays for a mail that is received and put into a bucket, and for files that are written, listed and read', () => {
    const usage = usageOf(
      {
        ReceiveMail: work({ invocations: 1, calls: { 's3 GET': 1 } }),
        Refresh: work({ calls: { 's3 LIST': 2, 's3 PUT': 3, 's3 DELETE': 4 } }),
      },
      () => 512,
    );
    expect(usage).toMatchObject({ mailsIn: 1, fileWrites: 1 + 2 + 3, fileReads: 1, restRequests: 0 });
  });

  it('pays the gateway for requests, the queue for receiving and deleting, and the mail', () => {
    const usage = usageOf(
      {
        Receive: work({ invocations: 2, queueRequests: 2, fairQueueRequests: 2 }),
        Detect: work({ invocations: 1 }),
        Deliver: work({ invocations: 1, calls: { 'ses SendEmail': 1 } }),
      },
      () => 512,
    );
    expect(usage).toMatchObject({ restRequests: 2, invocations: 4, mails: 1, fairQueueRequests: 6 });
    expect(usage.queueRequests).toBe(2 + 2 * 2);
    expect(usage.gigabyteSeconds).toBeCloseTo((4 * 0.005 + 0.06) / 2);
  });
});
