import { type Source, sources } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { available, openDoor } from './open-door.ts';
import type { DoorPorts, IntegrationDoor } from './ports.ts';
import { type Sent, verify } from './verify.ts';

interface Arrival extends Sent {
  readonly source: Source;
}

/**
 * The integration that this key opens, once it lets in what was sent; `told` hears of it also when it does not. What is
 * remembered of a door may be a minute old: before it refuses it is looked at again, so that nothing new is refused by the old.
 */
export async function enter(
  key: string,
  arrival: Arrival,
  ports: DoorPorts,
  told: (door: IntegrationDoor) => void = () => {},
): Promise<IntegrationDoor> {
  const door = await openDoor(key, arrival.source, ports);
  told(door);
  try {
    await letIn(door, arrival, ports);
    return door;
  } catch (refusal) {
    const newer = await available('The key could not be looked up', ports.findKeyAgain(key), ports);
    if (newer?.kind !== 'integration' || JSON.stringify(newer) === JSON.stringify(door)) throw refusal;
    told(newer);
    await letIn(newer, arrival, ports);
    return newer;
  }
}

async function letIn(door: IntegrationDoor, sent: Arrival, ports: DoorPorts): Promise<void> {
  if (door.paused) {
    throw new Refusal(
      'forbidden',
      'This integration is paused, so nothing is taken; let it go on in the console or by PATCH /api/integrations/{id}.',
    );
  }
  await verify(sources[sent.source].verification, door, sent, ports);
}
