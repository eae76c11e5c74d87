import { exactPort, freePort, isFree } from './ports.ts';
import type { Known } from './template.ts';

/** Ports by logical id. */
export type Ports = ReadonlyMap<string, number>;

/**
 * Sets a port aside for each door of the template, by logical id. The REST API gets the given port, the others the
 * ports that follow it where these are free; 0 means any free port for all. A door that keeps its port has the one of `before`.
 */
export async function planPorts(
  known: readonly Known[],
  port: number,
  before: Ports = new Map(),
): Promise<Ports> {
  const doors = known.filter(
    ({ kind }) => kind.addresses !== undefined || (kind.phase === 'door' && kind.start !== undefined),
  );
  const first = doors.find(({ kind }) => kind.type === 'AWS::ApiGateway::RestApi');
  const ordered = first === undefined ? doors : [first, ...doors.filter((door) => door !== first)];
  const ports = new Map<string, number>();
  for (const { kind, declared } of ordered) {
    const why = kind.keepsPort?.(declared);
    const kept = why === undefined ? undefined : before.get(declared.id);
    if (why !== undefined && kept !== undefined) ports.set(declared.id, await keptPort(kept, port, why));
  }
  const taken = new Set(ports.values());
  for (const [index, door] of ordered.entries()) {
    if (ports.has(door.declared.id)) continue;
    const wanted = port === 0 ? 0 : port + index;
    let found = index === 0 && wanted > 0 ? await exactPort(wanted) : await freePort(wanted);
    while (taken.has(found)) found = await freePort();
    taken.add(found);
    ports.set(door.declared.id, found);
  }
  return ports;
}

/** The port that a door had from the beginning, or an error that says what to do when it cannot have it. */
async function keptPort(port: number, wanted: number, why: string): Promise<number> {
  if (port === wanted) throw new Error(`Port ${port} is ${why}. Choose another with --port`);
  if (await isFree(port)) return port;
  throw new Error(
    `Port ${port} of 127.0.0.1 is in use, and it is ${why}. Stop what uses it, choose another folder with --data, or forget this one with --fresh`,
  );
}
