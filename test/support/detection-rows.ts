import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { AlertHead, Guard, Occurrence } from '../../shared/detection/index.ts';
import type { Incident, LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { outcome } from './detection-memory.ts';

type Row = Record<string, unknown>;

/** Everything that the table at this address holds of an organisation; by default of that of the environment. */
export function rowsOf(org: OrganisationId, endpoint: string | undefined): Promise<readonly Row[]> {
  return reading(endpoint, (client) => scanned(client, org));
}

/** Removes it all. */
export async function removeRows(org: OrganisationId, endpoint: string | undefined): Promise<void> {
  await reading(endpoint, async (client) => {
    const rows = await scanned(client, org);
    const deletes = rows.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
    for (let i = 0; i < deletes.length; i += 25) {
      const RequestItems = { [process.env.TABLE_NAME ?? '']: deletes.slice(i, i + 25) };
      await client.send(new BatchWriteCommand({ RequestItems }));
    }
  });
}

async function reading<Result>(
  endpoint: string | undefined,
  run: (client: DynamoDBDocumentClient) => Promise<Result>,
): Promise<Result> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(endpoint === undefined ? {} : { endpoint }));
  const result = await run(client);
  client.destroy();
  return result;
}

async function scanned(client: DynamoDBDocumentClient, org: OrganisationId): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: process.env.TABLE_NAME,
      FilterExpression: 'begins_with(pk, :items) OR pk = :own',
      ExpressionAttributeValues: { ':items': `O#${org}#`, ':own': `O#${org}` },
    },
  );
  for await (const { Items = [] } of pages) rows.push(...Items);
  return rows;
}

/** What the rows of an organisation are, by their kinds. */
export function contentsOf(rows: readonly Row[]) {
  const of = <Stored>(kind: string) => rows.filter((row) => row.kind === kind) as Stored[];
  const facts = of<LoggedFact>('fact');
  const entries: Parameters<typeof outcome>[0]['entries'] = new Map(
    of<Incident>('incident').map(({ id }) => [
      id,
      facts.filter((fact) => fact.incidentId === id).flatMap(entriesIn),
    ]),
  );
  const past = new Map<string, Map<Instant, Occurrence>>();
  for (const row of of<Occurrence & { fingerprint: string }>('occurrence'))
    past.set(row.fingerprint, (past.get(row.fingerprint) ?? new Map()).set(row.from, row));
  return {
    facts,
    entries,
    past,
    heads: new Map(of<AlertHead>('alert').map((head) => [head.fingerprint, head])),
    pointers: of<Incident>('pointer'),
    guards: new Map(of<Guard>('guard').map((guard) => [guard.hash, guard])),
    incidents: new Map<IncidentId, Incident>(
      of<Incident>('incident').map((incident) => [incident.id, incident]),
    ),
  };
}

function entriesIn(fact: LoggedFact) {
  return fact.type === 'alerts.changed'
    ? fact.data.entries.map((entry) => ({ ...entry, why: fact.data.why }))
    : [];
}
