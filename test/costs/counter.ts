import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { EngineAnswer, EngineCall } from '../../infra/local/proxy/call.ts';

/** What one function did: its calls, and the units that AWS bills for those to DynamoDB, by service and operation. */
export interface Work {
  readonly invocations: number;
  readonly calls: Amounts;
  readonly writes: Amounts;
  readonly reads: Amounts;
  /** Requests to queues in chunks of 64 KB, and those of messages that carry a group. */
  readonly queueRequests: number;
  readonly fairQueueRequests: number;
  readonly logBytes: number;
}

/** Amounts by name. */
export type Amounts = Readonly<Record<string, number>>;

/** What was done, by function. */
export type Counted = Readonly<Record<string, Work>>;

const CHUNK = 64 * 1024;

type Counting = {
  -readonly [Key in keyof Work]: Work[Key] extends number ? number : Record<string, number>;
};

/** Counts what the functions of a local system do; `observe` and `invoked` are its ears. */
export class Counter {
  #byFunction = new Map<string, Counting>();
  #logged = new Map<string, number>();
  #metrics = new Set<string>();

  /** The metrics that functions wrote into their logs, each with its namespace and dimensions. */
  get metrics(): readonly string[] {
    return [...this.#metrics].sort();
  }

  readonly invoked = (id: string): void => {
    this.#of(id).invocations += 1;
  };

  readonly observe = (
    { service, operation, function: caller, body }: EngineCall,
    answer: EngineAnswer,
  ): void => {
    const work = this.#of(caller);
    const name = service === 's3' ? requestOf(operation) : `${service} ${operation}`;
    add(work.calls, name, 1);
    add(work.reads, name, answer.units?.reads ?? 0);
    add(work.writes, name, answer.units?.writes ?? 0);
    if (service !== 'sqs') return;
    const requests = Math.ceil(body.length / CHUNK);
    work.queueRequests += requests;
    if (body.includes('"MessageGroupId"')) work.fairQueueRequests += requests;
  };

  /** What was done since the last time, and what was written to the logs in this folder of data meanwhile. */
  take(data: string): Counted {
    this.#readLogs(join(data, 'logs'));
    const taken = Object.fromEntries([...this.#byFunction].sort(([a], [b]) => a.localeCompare(b)));
    this.#byFunction = new Map();
    return taken;
  }

  #readLogs(folder: string): void {
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      const text = readFileSync(join(folder, file));
      const news = text.subarray(this.#logged.get(file) ?? 0);
      this.#logged.set(file, text.length);
      if (news.length > 0) this.#of(file.replace(/\.log$/, '')).logBytes += news.length;
      for (const metric of metricsIn(news.toString())) this.#metrics.add(metric);
    }
  }

  #of(id: string): Counting {
    const name = id.replace(/Function[0-9A-F]{8}$/, '');
    const known = this.#byFunction.get(name);
    if (known !== undefined) return known;
    const none = { invocations: 0, queueRequests: 0, fairQueueRequests: 0, logBytes: 0 };
    const work = { ...none, calls: {}, writes: {}, reads: {} };
    this.#byFunction.set(name, work);
    return work;
  }
}

/** Of a request to S3 its kind, without the path, which differs each time: a `GET` of a whole bucket lists it. */
function requestOf(operation: string): string {
  const [, method = operation, key] = /^(\w+) \/[^/?]+\/?([^?]*)/.exec(operation) ?? [];
  return `s3 ${method === 'GET' && key === '' ? 'LIST' : method}`;
}

function add(amounts: Record<string, number>, name: string, amount: number): void {
  if (amount > 0) amounts[name] = (amounts[name] ?? 0) + amount;
}

/** The sum of amounts. */
export const total = (amounts: Amounts): number => Object.values(amounts).reduce((all, one) => all + one, 0);

/** What was done for one of `count` things, in thousandths. */
export function perOne(counted: Counted, count: number): Counted {
  const each = (amount: number) => Math.round((amount * 1_000) / count) / 1_000;
  const eachOf = (amounts: Amounts): Amounts =>
    Object.fromEntries(
      Object.entries(amounts)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, amount]) => [name, each(amount)]),
    );
  return Object.fromEntries(
    Object.entries(counted).map(([name, work]) => [
      name,
      {
        invocations: each(work.invocations),
        ...{ calls: eachOf(work.calls), writes: eachOf(work.writes), reads: eachOf(work.reads) },
        queueRequests: each(work.queueRequests),
        fairQueueRequests: each(work.fairQueueRequests),
        logBytes: each(work.logBytes),
      },
    ]),
  );
}

const Embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

/** The metrics that lines of a log carry in CloudWatch's embedded form. */
export function metricsIn(log: string): readonly string[] {
  const lines = log.split('\n').filter((line) => line.startsWith('{') && line.includes('"_aws"'));
  return lines.flatMap((line) => {
    const { _aws: embedded, ...fields } = Embedded.parse(JSON.parse(line));
    return embedded.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) => {
        const where = names.map((name) => `${name}=${String(fields[name])}`).join(',');
        return Metrics.map(({ Name }) => `${Namespace} ${where} ${Name}`);
      }),
    );
  });
}
