import { createHash } from 'node:crypto';
import { idOf } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { type EnvName, env, type QueueName, queues, queueTimes } from '../../shared/wiring/index.ts';
import type { MemoryTable } from './engine/memory-table.ts';
import { BEGIN, type Tenant } from './scenario.ts';

export const queueUrl = (name: QueueName): string => `https://sqs.eu-central-1.amazonaws.com/1/${name}`;

const values: Readonly<Partial<Record<EnvName, string>>> = {
  table: 'events',
  alertQueue: queueUrl('alerts'),
  escalationQueue: queueUrl('escalation'),
  deliveryQueue: queueUrl('delivery'),
  roomQueue: queueUrl('room'),
  secret: 'arn:aws:secretsmanager:eu-central-1:1:secret:system',
  socketEndpoint: 'https://socket.example.com',
  mailFrom: 'pages@example.com',
  publicUrl: 'https://pages.example.com',
  consoleUrl: 'https://console.example.com',
};

/** The environment variables of every function; one that a function does not need does no harm here. */
export const settings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(env).map(([name, variable]) => [variable, values[name as EnvName] ?? `the-${name}`]),
);

/** The queues as the stack makes them. */
export const theQueues = Object.fromEntries(
  Object.entries(queues).map(([name, { maxReceives }]) => [
    name,
    { maxReceives, visibility: queueTimes.visibility, deadLetters: `${name}-dead-letters` },
  ]),
);

/** Puts what was configured before the run: the organisation's document, its integration and an administrator. */
export function store(table: MemoryTable, tenants: readonly Tenant[]): void {
  const put = (Item: object) => table.call('Put', { TableName: settings[env.table], Item });
  for (const { org, integration, key, body } of tenants) {
    const hash = createHash('sha256').update(key).digest('hex');
    const door = { kind: 'integration', org, id: integration, name: 'Sender', source: 'generic' };
    const head = { version: 1, chunks: 1, updatedAt: BEGIN, updatedBy: 'per_1' };
    const person = {
      person: 'per_1',
      name: 'Root',
      email: 'root@example.com',
      role: 'administrator',
      door: 'd',
    };
    put({ ...schema.keyDoor.key({ hash }), ...door });
    put({ ...schema.configurationHead.key({ org }), ...head });
    put({ ...schema.configurationChunk.key({ org, version: 1, chunk: 0 }), body });
    put({ ...schema.member.key({ org, person: 'per_1' }), ...person });
    // Who looks into rooms; no administrator, or pages that reach nobody would go there too.
    const visitor = { person: idOf('person', BEGIN, 'ann'), name: 'Ann', role: 'viewer', door: 'v' };
    put({ ...schema.member.key({ org, person: visitor.person }), ...visitor });
  }
}
