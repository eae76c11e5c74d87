import { existsSync } from 'node:fs';
import type { ResourceKind } from '../resource.ts';
import { bucket } from './bucket.ts';
import { eventSource } from './event-source.ts';
import { lambdaFunction } from './function.ts';
import { queue } from './queue.ts';
import { schedule } from './schedule.ts';
import { secret } from './secret.ts';
import { tables } from './table.ts';

const own: readonly ResourceKind[] = [
  bucket,
  eventSource,
  lambdaFunction,
  queue,
  schedule,
  secret,
  ...tables,
];

const doors = {
  'rest-api': 'restApi',
  'socket-api': 'socketApi',
  distribution: 'distribution',
  'bucket-content': 'bucketContent',
  'sign-in': 'signIn',
  inbox: 'inbox',
} as const;

/** Every kind of resource that the runner knows. */
export async function resourceKinds(): Promise<readonly ResourceKind[]> {
  const loaded = await Promise.all(
    Object.entries(doors).map(async ([file, name]) => {
      const url = new URL(`./${file}.ts`, import.meta.url);
      if (!existsSync(url)) return [];
      const module = (await import(url.href)) as Record<string, ResourceKind | readonly ResourceKind[]>;
      return module[name] ?? [];
    }),
  );
  return [...own, ...loaded.flat()];
}
