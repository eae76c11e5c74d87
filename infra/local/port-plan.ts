import { exactPort, freePort } from './ports.ts';
import type { Known } from './template.ts';

/**
 * Sets a port aside for each door of the template, by logical id. The REST API gets the given port, the others the
 * ports that follow it where these are free; 0 means any free port for all.
 */
export async function planPorts(known: readonly Known[], port: number): Promise<ReadonlyMap<string, number>> {
  const doors = known.filter(
    ({ kind }) => kind.addresses !== undefined || (kind.phase === 'door' && kind.start !== undefined),
  );
  const first = doors.find(({ kind }) => kind.type === 'AWS::ApiGateway::RestApi');
  const ordered = first === undefined ? doors : [first, ...doors.filter((door) => door !== first)];
  const ports = new Map<string, number>();
  const taken = new Set<number>();
  for (const [index, door] of ordered.entries()) {
    const wanted = port === 0 ? 0 : port + index;
    let found = index === 0 && wanted > 0 ? await exactPort(wanted) : await freePort(wanted);
    while (taken.has(found)) found = await freePort();
    taken.add(found);
    ports.set(door.declared.id, found);
  }
  return ports;
}
