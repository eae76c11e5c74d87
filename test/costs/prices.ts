/** Something that AWS bills by amount. */
export interface Price {
  readonly unit: string;
  /** US dollars for `per` units in us-east-1, first tier. */
  readonly usd: number;
  readonly per: number;
  /** Units a month that cost nothing in any account, for ever. What is free for a new account only is not counted. */
  readonly free: number;
  readonly source: string;
}

const M = 1_000_000;
/** Whose page says so, and how it was seen: AWS's pages show most rates only by script, so other sources had to do. */
const seen = (path: string, how: string) => `aws.amazon.com/${path}/pricing, ${how}`;
const own = 'read there';
const others = (when: string) => `as others quote it, ${when}`;
const notRead = 'not read again';

/** List prices in US dollars, gathered in November 2026. */
export const prices = {
  restRequests: {
    unit: 'REST requests',
    usd: 3.5,
    per: M,
    free: 0,
    source: seen('api-gateway', others('2026')),
  },
  cdnRequests: {
    unit: 'CDN requests (https)',
    usd: 1,
    per: M,
    free: 10 * M,
    source: seen('cloudfront', notRead),
  },
  cdnRuns: {
    unit: 'runs of a function at the CDN',
    usd: 0.1,
    per: M,
    free: 2 * M,
    source: seen('cloudfront', notRead),
  },
  cdnGigabytes: {
    unit: 'GB from the CDN',
    usd: 0.085,
    per: 1,
    free: 1_000,
    source: seen('cloudfront', others('2026')),
  },
  originGigabytes: {
    unit: 'GB from the CDN to the API',
    usd: 0.02,
    per: 1,
    free: 0,
    source: seen('cloudfront', notRead),
  },
  invocations: { unit: 'invocations', usd: 0.2, per: M, free: M, source: seen('lambda', others('2026-09')) },
  gigabyteSeconds: {
    ...{ unit: 'GB-s (arm64)', usd: 13.3334, per: M, free: 400_000 },
    source: seen('lambda', others('2026-09')),
  },
  queueRequests: { unit: 'SQS requests', usd: 0.4, per: M, free: M, source: seen('sqs', others('2026-03')) },
  fairQueueRequests: {
    unit: 'SQS requests with a group',
    usd: 0.1,
    per: M,
    free: 0,
    source: seen('sqs', others('2026-03')),
  },
  writeUnits: {
    ...{ unit: 'write request units', usd: 0.625, per: M, free: 0 },
    source: seen('dynamodb', others('2025-07')),
  },
  readUnits: {
    ...{ unit: 'read request units', usd: 0.125, per: M, free: 0 },
    source: seen('dynamodb', others('2025-07')),
  },
  storedGigabytes: {
    unit: 'GB stored in DynamoDB',
    usd: 0.25,
    per: 1,
    free: 25,
    source: seen('dynamodb', own),
  },
  backedUpGigabytes: {
    unit: 'GB with recovery',
    usd: 0.2,
    per: 1,
    free: 0,
    source: seen('dynamodb', notRead),
  },
  logGigabytes: {
    unit: 'GB of logs taken in',
    usd: 0.5,
    per: 1,
    free: 5,
    source: seen('cloudwatch', others('2026')),
  },
  alarmMetrics: {
    ...{ unit: 'metrics that alarms watch', usd: 0.1, per: 1, free: 10 },
    source: seen('cloudwatch', own),
  },
  customMetrics: {
    unit: 'metrics of our own',
    usd: 0.3,
    per: 1,
    free: 10,
    source: seen('cloudwatch', others('2026')),
  },
  dashboards: { unit: 'dashboards', usd: 3, per: 1, free: 3, source: seen('cloudwatch', own) },
  traces: { unit: 'traces recorded', usd: 5, per: M, free: 100_000, source: seen('xray', own) },
  secrets: { unit: 'secrets', usd: 0.4, per: 1, free: 0, source: seen('secrets-manager', others('undated')) },
  secretCalls: {
    unit: 'reads of secrets',
    usd: 5,
    per: M,
    free: 0,
    source: seen('secrets-manager', others('undated')),
  },
  mails: { unit: 'e-mails', usd: 100, per: M, free: 0, source: seen('ses', notRead) },
  mailsIn: { unit: 'e-mails received', usd: 100, per: M, free: 0, source: seen('ses', notRead) },
  fileWrites: { unit: 'files written or listed', usd: 5, per: M, free: 0, source: seen('s3', notRead) },
  fileReads: { unit: 'files read', usd: 0.4, per: M, free: 0, source: seen('s3', notRead) },
  schedules: {
    unit: 'runs of rules',
    usd: 0,
    per: M,
    free: 0,
    source: seen('eventbridge', others('2026-03')),
  },
  budgets: {
    unit: 'budgets without actions',
    usd: 0,
    per: 1,
    free: 0,
    source: seen('aws-cost-management', notRead),
  },
} as const satisfies Record<string, Price>;

/** What is billed, by name. */
export type Item = keyof typeof prices;

/** How much of each is used. */
export type Usage = Readonly<Partial<Record<Item, number>>>;

const entries = (usage: Usage) => Object.entries(usage) as [Item, number][];

/** Several usages together. */
export function sum(usages: readonly Usage[]): Usage {
  const total: Partial<Record<Item, number>> = {};
  for (const usage of usages)
    for (const [item, amount] of entries(usage)) total[item] = (total[item] ?? 0) + amount;
  return total;
}

/** So many times a usage. */
export const times = (factor: number, usage: Usage): Usage =>
  Object.fromEntries(entries(usage).map(([item, amount]) => [item, amount * factor]));

/** US dollars at list prices. */
export const listPrice = (usage: Usage): number =>
  entries(usage).reduce((all, [item, amount]) => all + costOf(item, amount), 0);

/** US dollars of a whole month in an account that uses nothing else, after what is free for ever. */
export const afterFree = (month: Usage): number =>
  entries(month).reduce(
    (all, [item, amount]) => all + costOf(item, Math.max(0, amount - prices[item].free)),
    0,
  );

const costOf = (item: Item, amount: number): number => (amount * prices[item].usd) / prices[item].per;
