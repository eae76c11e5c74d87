import { writeFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { alertmanagerBody } from './alertmanager.ts';
import { startApp } from './app.ts';

// `node test/support/store-fixture.ts <file>`: what this version of the program stores and sends, for other versions to read.

const [, , file = 'stored.json'] = process.argv;
const messages = new Map<string, unknown>();

/** Keeps one message of each kind, as it was sent. */
function keep(body: string): void {
  const { Entries = [] } = JSON.parse(body) as { Entries?: readonly { readonly MessageBody: string }[] };
  for (const { MessageBody } of Entries) {
    const message = JSON.parse(MessageBody) as { readonly kind: string };
    messages.set(message.kind, message);
  }
}

const app = await startApp({
  watched: false,
  observe: (call) => {
    if (call.operation === 'SendMessageBatch') keep(call.body);
  },
});
const at = (seconds: number) => new Date(app.system.clock.now() + seconds * 1_000).toISOString();
const fire = (service: string, severity: string, more: object = {}) =>
  app.send('generic', { title: `${service} is down`, service, severity, key: service, ...more });

await app.send(
  'alertmanager',
  alertmanagerBody([
    { labels: { alertname: 'HighLatency', severity: 'critical', service: 'checkout' }, startsAt: at(-60) },
    { labels: { alertname: 'Errors', severity: 'warning', service: 'checkout' }, startsAt: at(-30) },
  ]),
);
for (const service of ['payments', 'search', 'mail', 'billing']) await fire(service, 'critical');
await fire('docs', 'low');
await app.send('pagerduty', {
  event_action: 'trigger',
  dedup_key: 'db-3',
  payload: { summary: 'db-3 lags', source: 'db-3', severity: 'error' },
});
await fire('search', 'critical', { status: 'resolved' });
await app.system.clock.fastForward(60_000);
await fire('search', 'critical');
await fire('mail', 'critical', { status: 'resolved' });
await app.system.clock.fastForward(60_000);
const incidents = await app.incidents('?limit=100');
const change = (service: string, body: object) => {
  const found = incidents.find((incident) => incident.service === service);
  return app.call('PATCH', `/api/incidents/${found?.id}`, body);
};
await change('payments', { state: 'acknowledged' });
await change('billing', { state: 'resolved', note: 'Paid' });
const [first] = incidents;
await app.call('POST', `/api/incidents/${first?.id}/notes`, { text: 'Looking at it' });
await app.system.idle();

const endpoint = app.system.engines.dynamodb;
const credentials = { accessKeyId: 'fixture', secretAccessKey: 'fixture' };
const region = app.system.environment.AWS_REGION ?? 'us-east-1';
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, credentials, endpoint }));
const TableName = app.system.all('AWS::DynamoDB::GlobalTable')[0]?.identity.ref;
const items: Record<string, unknown>[] = [];
for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
client.destroy();
const { organisation } = app.addresses;
const stored = { now: app.system.clock.now(), organisation, messages: [...messages.values()], items };
const bytesAsText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
writeFileSync(file, `${JSON.stringify(stored, bytesAsText, 1)}\n`);
await app.stop();
