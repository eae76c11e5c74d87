import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeCount } from '../../../functions/aws/counts.ts';
import { declare } from '../../../functions/aws/incident-log.ts';
import { factRow, logged } from '../../../functions/aws/incident-rows.ts';
import { reserve } from '../../../functions/aws/sequence.ts';
import { table } from '../../../functions/aws/table.ts';
import { type AlertEntry, chunkEntries, type Incident } from '../../../shared/incidents/index.ts';
import { HOUR, type IncidentId, idOf, MINUTE, minuteOf, system } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
let incidents: typeof import('../../../functions/incidents/routes.ts').handler;

beforeAll(async () => {
  world = await startWorld();
  ({ handler: incidents } = await import('../../../functions/incidents/routes.ts'));
});
afterAll(() => world.stop());

const alert = (i: number): AlertEntry => ({
  ...{ fingerprint: `${i}`.padStart(32, '0'), title: `disk ${i} is nearly full`, state: 'firing' },
  ...{ severity: 'P2_HIGH', at: T0 },
});

/** An incident of so many alerts that opened this many hours ago, each received once since. */
async function incidentOf(name: string, count: number, hours: number) {
  const org = idOf('organisation', T0, name);
  world.setClock(T0);
  const said = { title: 'Disks', severity: 'P2_HIGH' } as const;
  const by = { actor: system('detection'), now: T0, at: T0, seed: name };
  const { id } = (await declare(org, said, by)).incident;
  const alerts = Array.from({ length: count }, (_, i) => alert(i));
  await join(org, id, alerts);
  for (const { fingerprint } of alerts.slice(0, 20))
    await writeCount(org, minuteOf(T0), fingerprint, { received: 1, lastAt: T0 });
  world.setClock(T0 + hours * HOUR);
  return { org, id };
}

/** Writes alerts into the log after what is there. */
async function join(org: Incident['org'], id: IncidentId, alerts: readonly AlertEntry[]) {
  const recording = { actor: system('detection'), now: T0 };
  for (const fact of chunkEntries(alerts.map((one) => ({ ...one, why: 'by hand' })))) {
    const seq = await reserve(org, id, 1);
    await table.put(factRow(logged(org, id, seq, fact, recording)));
  }
}

/** What one answer reads of the table: keys that are asked for, items that queries find, one for each query that finds none. */
async function costOf(path: string, org: Incident['org']) {
  const cost = { items: 0 };
  const { send } = DynamoDBDocumentClient.prototype;
  const spy = vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: DynamoDBDocumentClient,
    ...[command, ...more]: unknown[]
  ) {
    const answer = await Reflect.apply(send, this, [command, ...more]);
    if (command instanceof BatchGetCommand)
      for (const { Keys = [] } of Object.values(command.input.RequestItems ?? {})) cost.items += Keys.length;
    else cost.items += command instanceof QueryCommand ? Math.max(1, answer.Items.length) : 1;
    return answer;
  });
  const [bare = '', limit] = path.split('?limit=');
  const query = limit === undefined ? {} : { limit };
  const { body, status } = await call(incidents, { path: bare, query, authorizer: memberOf(org) });
  spy.mockRestore();
  expect(status).toBe(200);
  return { cost, body };
}

const detail = (id: IncidentId) => `/api/incidents/${id}`;
const firstPage = (id: IncidentId) => `/api/incidents/${id}/alerts?limit=20`;

/** Items for an incident and for its first page of alerts, in turn: the first look, the next, and one a minute later. */
const looks = [
  ['1 alert for an hour', 1, 1, [6, 4, 3, 4, 4, 4]],
  ['20 alerts for a day', 20, 24, [505, 23, 3, 23, 23, 23]],
  ['100 alerts for a day', 100, 24, [13, 523, 3, 23, 3, 43]],
  ['1,000 alerts for five hours', 1_000, 5, [103, 143, 3, 23, 3, 43]],
] as const;

describe('what looking at an incident reads of the table', () => {
  it.each(looks)(
    'is bounded, and little while nothing new is counted: %s',
    async (name, count, hours, items) => {
      const { org, id } = await incidentOf(name, count, hours);
      const costs: number[] = [];
      for (const minute of [0, 0, 1]) {
        world.setClock(T0 + (hours + 0.5) * HOUR + minute * MINUTE);
        const incident = await costOf(detail(id), org);
        const page = await costOf(firstPage(id), org);
        costs.push(incident.cost.items, page.cost.items);
        expect(incident.body.alerts).toMatchObject({ total: count, firing: count });
        expect(incident.body.alerts.received).toBe(count <= 20 ? count : undefined);
        expect(page.body.items.map(({ received }: { received: number }) => received)).toEqual(
          page.body.items.map(() => 1),
        );
      }
      expect(costs).toEqual(items);
    },
    60_000,
  );

  it('leaves the counts out where they would be too many, and has them for fewer alerts at a time', async () => {
    const { org, id } = await incidentOf('long', 20, 24 * 7);
    const [whole] = (await costOf(firstPage(id), org)).body.items;
    expect(whole).toMatchObject({ fingerprint: alert(0).fingerprint });
    expect(whole.received).toBeUndefined();
    const [few] = (await costOf(`/api/incidents/${id}/alerts?limit=10`, org)).body.items;
    expect(few.received).toBe(1);
  });

  it('has what joined since, and what was said of an alert anew, for the price of those facts', async () => {
    const { org, id } = await incidentOf('grows', 300, 1);
    await costOf(detail(id), org);
    await join(org, id, [{ ...alert(0), state: 'resolved' }, alert(300)]);
    const { cost, body } = await costOf(detail(id), org);
    expect(body.alerts).toMatchObject({ total: 301, firing: 300, resolved: 1 });
    expect(cost.items).toBeLessThanOrEqual(5);
  });

  it('[F60] remembers nothing across organisations', async () => {
    const { id } = await incidentOf('mine', 3, 1);
    const other = memberOf(idOf('organisation', T0, 'other'));
    expect((await call(incidents, { path: detail(id), authorizer: other })).status).toBe(404);
  });
});
