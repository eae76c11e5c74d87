import type { Engine } from '../../simulation/engine/world.ts';
import {
  clientFor,
  commands,
  type PackageName,
  type Send,
  type ServiceName,
} from '../../simulation/sdk/clients.ts';

// This file imports nothing of the SDK: it takes part in making the modules that stand for it.

/** What the light clients of one test file speak to, and its clock. */
export const world: { now: number; readonly engines: Map<ServiceName, Engine> } = {
  now: 1_800_000_000_000,
  engines: new Map(),
};

/** The module of a package with light clients; exceptions are the real package's. */
export function sdkModule(name: PackageName, real: object = {}): Record<string, unknown> {
  return { ...real, ...commands[name], ...clientFor(name, send) };
}

const send: Send = async (service, operation, input) => {
  const engine = world.engines.get(service);
  if (engine === undefined) throw new Error(`No engine for ${service} in this test`);
  const answer = engine.call(operation, input);
  const { WaitTimeSeconds: seconds = 0 } = input as { WaitTimeSeconds?: number };
  if (operation !== 'ReceiveMessage' || seconds === 0 || 'Messages' in Object(answer)) return answer;
  return receiveLater(engine, input, seconds);
};

/** Who waits for a message moves the clock, second by second. */
function receiveLater(engine: Engine, input: unknown, seconds: number): unknown {
  for (let i = 0; i < seconds; i++) {
    world.now += 1_000;
    const answer = engine.call('ReceiveMessage', input);
    if ('Messages' in Object(answer)) return answer;
  }
  return {};
}
