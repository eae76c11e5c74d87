import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Ports, planPorts } from './port-plan.ts';
import type { Known } from './template.ts';

/** Where a data folder remembers the ports of the doors that keep theirs. */
export const keptPortsFile = 'kept-ports.json';

const KeptPorts = z.record(z.string(), z.int().min(1).max(65_535));

/** Plans the ports of a start on a data folder: doors that keep theirs have those of the first start there. */
export async function portsFor(data: string, known: readonly Known[], port: number): Promise<Ports> {
  const file = join(data, keptPortsFile);
  const before = existsSync(file) ? KeptPorts.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const ports = await planPorts(known, port, new Map(Object.entries(before)));
  const kept = known.flatMap(({ kind, declared }) => {
    const own = kind.keepsPort?.(declared) === undefined ? undefined : ports.get(declared.id);
    return own === undefined ? [] : [[declared.id, own]];
  });
  writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(kept))}\n`);
  renameSync(`${file}.new`, file);
  return ports;
}
