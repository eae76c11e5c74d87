import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { packedIn, type Row } from '../../functions/aws/signals.ts';
import { settle } from '../../infra/demo/welcome.ts';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';
import type { Observe } from '../../infra/local/proxy/call.ts';
import { startLocal } from '../../infra/local/runner.ts';
import type { LocalSystem } from '../../infra/local/system.ts';
import { lineOf, unpackLines } from '../../shared/alerts/index.ts';
import type { Called } from './call-chain.ts';
import { now } from './clock.ts';
import type { Counts, Mark } from './contender.ts';
import { serve } from './serve.ts';
import { marksFromStream } from './stream-marks.ts';
import { tokensIn } from './webhook.ts';

const [, , data = '', observed] = process.argv;

/** What sends messages a second time has done so after this long, in milliseconds. */
const SAFETY_NET = 8_000;

let marks: Mark[] = [];
let calls: Called[] = [];

const observe: Observe = ({ function: caller, operation }, { took }) => {
  const ended = now();
  const name = caller.replace(/Function[0-9A-F]{8}$/, '');
  calls.push({ function: name, operation, begun: ended - took, ended });
};

const system = await startLocal({
  assembly: localAssembly,
  data,
  quiet: true,
  // Its alert of every minute would be counted among those of the bench.
  paused: ['CanarySchedule'],
  ...(observed === 'observed' && { observe }),
});
const addresses = await settle(system);
const unmark = await marksFromStream(system, (mark) => marks.push(mark));
const documents = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: system.engines.dynamodb,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  }),
);

serve({
  data,
  url: addresses.webhooks.alertmanager ?? '',
  addresses,
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
    unmark();
    documents.destroy();
    await system.stop();
  },
});

/**
 * Counts of signals are unions: one that was stored twice is there once. What the system says itself of an integration that sends so
 * much is counted nowhere.
 */
async function count({ all, engines }: LocalSystem): Promise<Counts> {
  const [table] = all('AWS::DynamoDB::GlobalTable');
  const signals = new Set<string>();
  let incidents = 0;
  for await (const { Items = [] } of paginateScan(
    { client: documents },
    { TableName: table?.identity.ref, ConsistentRead: true },
  )) {
    for (const item of Items) {
      if (item.kind === 'incident' && isOfBench(item)) incidents++;
      if (item.kind !== 'signals') continue;
      for (const { receipt, place, integration } of unpackLines(packedIn(item as Row)).map(lineOf))
        if (integration !== undefined) signals.add(`${receipt} ${place}`);
    }
  }
  const inbox = (await (await fetch(`${engines.ses}/store`)).json()) as { emails: readonly unknown[] };
  return { accepted: signals.size, incidents, mails: inbox.emails.filter(isOfBench).length };
}

const isOfBench = (one: unknown): boolean => tokensIn(JSON.stringify(one)).size > 0;
