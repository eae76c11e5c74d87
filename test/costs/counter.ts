import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { EngineAnswer, EngineCall } from '../../infra/local/proxy/call.ts';

/** What one function did: calls by service and operation, and DynamoDB's units as AWS bills them. */
export interface Work {
  readonly invocations: number;
  readonly calls: Readonly<Record<string, number>>;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Requests to queues in chunks of 64 KB, and those of messages that carry a group. */
  readonly queueRequests: number;
  readonly fairQueueRequests: number;
  readonly logBytes: number;
}

/** What was done, by function. */
export type Counted = Readonly<Record<string, Work>>;

const CHUNK = 64 * 1024;

type Counting = { -readonly [Key in keyof Work]: Work[Key] } & { calls: Record<string, number> };

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
    const name = `${service} ${operation}`;
    work.calls[name] = (work.calls[name] ?? 0) + 1;
    const { reads, writes } = answer.units ?? { reads: 0, writes: 0 };
    work.readUnits += reads;
    work.writeUnits += writes;
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
    const none = { invocations: 0, writeUnits: 0, readUnits: 0, queueRequests: 0, fairQueueRequests: 0 };
    const work = { ...none, calls: {}, logBytes: 0 };
    this.#byFunction.set(name, work);
    return work;
  }
}

/** What was done for one of `count` things, in thousandths. */
export function perOne(counted: Counted, count: number): Counted {
  const each = (amount: number) => Math.round((amount * 1_000) / count) / 1_000;
  return Object.fromEntries(
    Object.entries(counted).map(([name, { calls, ...amounts }]) => [
      name,
      {
        ...(Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, each(amount)])) as Omit<
          Work,
          'calls'
        >),
        calls: Object.fromEntries(
          Object.entries(calls)
            .sort(([a], [b]) => a.localeCompare(b))
            .map(([key, amount]) => [key, each(amount)]),
        ),
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
