import { SQSClient } from '@aws-sdk/client-sqs';
import { env } from '../../../shared/wiring/index.ts';
import { MemoryMail } from '../../simulation/engine/memory-mail.ts';
import { MemoryQueues } from '../../simulation/engine/memory-queues.ts';
import { MemorySockets } from '../../simulation/engine/memory-sockets.ts';
import { MemoryTable } from '../../simulation/engine/memory-table.ts';
import type { MailTarget, QueueTarget, SocketTarget, Target } from '../../support/contract.ts';
import { world } from './sdk.ts';

const ports = { now: () => world.now, chance: () => 0.5 };
const stop = async () => undefined;

/** The table in memory. */
export async function memoryTableTarget(): Promise<Target> {
  process.env[env.table] = 'Events';
  world.engines.set('dynamodb', new MemoryTable(ports));
  return { real: false, stop };
}

/** Queues in memory. */
export async function memoryQueueTarget(): Promise<QueueTarget> {
  const Poisoned = { maxReceives: 2, deadLetters: 'Dead' };
  world.engines.set('sqs', new MemoryQueues({ ...ports, queues: { Contract: {}, Poisoned } }));
  const url = (name: string) => `https://sqs.test/000000000000/${name}`;
  const poisoned = { url: url('Poisoned'), deadLetters: url('Dead') };
  return { real: false, url: url('Contract'), poisoned, client: new SQSClient(), stop };
}

/** Mail in memory. */
export async function memoryMailTarget(): Promise<MailTarget> {
  process.env[env.mailFrom] = 'pages@example.com';
  const mail = new MemoryMail(ports);
  world.engines.set('ses', mail);
  return { real: false, stop, kept: async () => mail.sent };
}

/** Sockets in memory. */
export async function memorySocketTarget(): Promise<SocketTarget> {
  process.env[env.socketEndpoint] = 'https://sockets.test/live';
  const sockets = new MemorySockets(ports);
  world.engines.set('sockets', sockets);
  let opened = 0;
  const connect = async () => {
    const id = `connection-${++opened}`;
    sockets.connect(id);
    return { id, frames: sockets.frames(id), leave: async () => sockets.disconnect(id) };
  };
  return { real: false, stop, connect };
}
