import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Incident, monthsBack } from '../../shared/incidents/index.ts';
import { DAY, HOUR, idOf, toText } from '../../shared/kernel/index.ts';
import { dashboardOf, sampleOf } from '../../shared/metrics/index.ts';
import { env } from '../../shared/wiring/index.ts';
import { call, memberOf, startWorld } from '../support/function-world.ts';
import { generatedYear, writeIncidents } from '../support/generated-year.ts';
import { ann, T0 } from '../support/given.ts';
import { figure, ratio, textTable } from './figures.ts';
import { inTurns } from './in-turns.ts';

const org = idOf('organisation', T0, 'bench of metrics');
const from = T0 - 365 * DAY;

/** All that the dashboard shows, of heads that are in memory. */
function fold(heads: readonly Incident[]): unknown {
  const versions = [{ version: 2, setAt: T0, setBy: ann, targets: { mttr: { overall: 6 * HOUR } } }];
  const setting = { componentsOf: new Map(), now: T0, versions };
  const samples = heads.map((head) => sampleOf(head, setting));
  return dashboardOf({
    samples,
    scope: { from, to: T0 },
    zone: 'UTC',
    now: T0,
    nameOf: () => undefined,
  });
}

/** The fold beside JSON.parse of the same heads. */
async function folds(counts: readonly number[]): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for (const count of counts) {
    const heads = generatedYear({ org, count, until: T0, open: 20 });
    const text = JSON.stringify(heads);
    const [ours = 0, parse = 0] = await inTurns([() => fold(heads), () => JSON.parse(text)]);
    rows.push([`fold of ${count} heads`, figure(ours), figure(parse), ratio(ours, parse)]);
  }
  return rows;
}

type Get = (path: string) => Promise<unknown>;

/** The whole answers beside reading the same rows and making nothing of them. */
async function answers(count: number): Promise<readonly (readonly string[])[]> {
  const world = await startWorld();
  try {
    const { client } = await import('../../functions/aws/dynamodb/client.ts');
    const { handler } = await import('../../functions/metrics/routes.ts');
    const { listHistory } = await import('../../functions/aws/incident-lists.ts');
    await fill(client, count);
    const query = { from: toText(from), to: toText(T0) };
    const get: Get = async (path) => {
      const { status } = await call(handler, { path, query, authorizer: memberOf(org, 'viewer') });
      if (status !== 200) throw new Error(`${path} answered ${status}`);
    };
    const bare = () =>
      Promise.all(monthsBack(T0, from).map((month) => listHistory(org, month, { limit: 10_000 })));
    const [mttr = 0, dashboard = 0, read = 0] = await inTurns([
      () => get('/api/metrics/mttr'),
      () => get('/api/metrics/dashboard'),
      bare,
    ]);
    return [
      [`GET mttr, ${count}`, figure(mttr), figure(read), ratio(mttr, read)],
      [`GET dashboard, ${count}`, figure(dashboard), figure(read), ratio(dashboard, read)],
    ];
  } finally {
    await world.stop();
  }
}

async function fill(client: DynamoDBDocumentClient, count: number): Promise<void> {
  await writeIncidents(
    client,
    process.env[env.table] ?? '',
    generatedYear({ org, count, until: T0, open: 20 }),
  );
}

/** Metrics over many incidents. */
export async function metrics(): Promise<string> {
  const rows = [...(await folds([1_000, 10_000, 100_000])), ...(await answers(10_000))];
  const head = ['metrics', 'ours, ms', 'baseline, ms', 'ratio'];
  return [
    textTable(head, rows),
    '  The baseline of a fold is JSON.parse of the same heads; that of an answer is reading the same rows of the',
    '  index from the local engine and making nothing of them. Medians of 7 rounds.',
  ].join('\n');
}
