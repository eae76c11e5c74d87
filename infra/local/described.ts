import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Resource, Running } from './resource.ts';
import type { LocalSystem } from './system.ts';

/** A local system as commands of another process find it. The keys of `environment` are those that AWS SDKs read. */
export interface Described {
  readonly outputs: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly resources: readonly { readonly id: string; readonly type: string; readonly ref: string }[];
}

/** The file in the data folder that describes the system running on it. */
export const describedIn = (data: string): string => join(data, 'system.json');

/** Writes the description, whole or not at all, and removes it when the system stops. */
export async function describe(
  { data, outputs, environment }: Omit<LocalSystem, 'stop'>,
  resources: readonly Resource[],
): Promise<Running> {
  const described: Described = {
    outputs,
    environment,
    resources: resources.map(({ id, type, identity }) => ({ id, type, ref: identity.ref })),
  };
  const file = describedIn(data);
  await mkdir(data, { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(described, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return { stop: () => rm(file, { force: true }) };
}
