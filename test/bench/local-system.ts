import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { settle } from '../../infra/demo/welcome.ts';
import type { Observe } from '../../infra/local/engines/fault-proxy.ts';
import { startLocal } from '../../infra/local/runner.ts';
import type { LocalSystem } from '../../infra/local/system.ts';
import type { SignalLine } from '../../shared/alerts/index.ts';
import type { Called } from './call-chain.ts';
import { now } from './clock.ts';
import type { Counts, Mark } from './contender.ts';
import { serve } from './serve.ts';
import { tokensIn } from './webhook.ts';

const [, , data = '', observed] = process.argv;

/** What sends messages a second time has done so after this long, in milliseconds. */
const SAFETY_NET = 8_000;

let marks: Mark[] = [];
let calls: Called[] = [];

const marked: Readonly<Record<string, Mark['what']>> = { TransactWriteItems: 'stored', SendEmail: 'mailed' };

/** The first transaction of detection that names an alert is the one that puts its incident. */
const observe: Observe = ({ function: caller, operation, body }, { status, took }) => {
  const at = now();
  calls.push({
    function: caller.replace(/Function[0-9A-F]{8}$/, ''),
    operation,
    begun: at - took,
    ended: at,
  });
  const what = marked[operation];
  if (what === undefined || status !== 200) return;
  for (const token of tokensIn(body)) marks.push({ token, what, at });
};

const system = await startLocal({
  assembly: 'cdk.out',
  data,
  quiet: true,
  ...(observed === 'observed' && { observe }),
});
const { webhooks } = await settle(system);
const documents = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: system.engines.dynamodb,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  }),
);

serve({
  url: webhooks.alertmanager ?? '',
  async settle() {
    await system.idle();
    const at = now();
    // The safety net sends everything a second time; it must not do so while the other contender has its turn.
    await system.clock.fastForward(SAFETY_NET);
    await system.idle();
    const settled = { at, marks, calls };
    marks = [];
    calls = [];
    return settled;
  },
  count: () => count(system),
  async stop() {
    documents.destroy();
    await system.stop();
  },
});

/** Counts of signals are unions: one that was stored twice is there once. */
async function count({ all, engines }: LocalSystem): Promise<Counts> {
  const [table] = all('AWS::DynamoDB::GlobalTable');
  const signals = new Set<string>();
  let incidents = 0;
  for await (const { Items = [] } of paginateScan(
    { client: documents },
    { TableName: table?.identity.ref, ConsistentRead: true },
  )) {
    for (const { kind, lines } of Items) {
      if (kind === 'incident') incidents++;
      if (kind !== 'signals') continue;
      for (const { receipt, place } of lines as readonly SignalLine[]) signals.add(`${receipt} ${place}`);
    }
  }
  const inbox = (await (await fetch(`${engines.ses}/store`)).json()) as { emails: readonly unknown[] };
  return { accepted: signals.size, incidents, mails: inbox.emails.length };
}
