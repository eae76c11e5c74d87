import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { schema } from '../../shared/table/index.ts';
import { tableOf } from './table-of.ts';
import type { Target } from './target.ts';

/** An incident by the ids that messages have. */
export interface IncidentIds {
  readonly org: string;
  readonly incident: string;
}

/** What people call incidents. */
export interface IncidentNames {
  /** `INC-12`; undefined where it is not known. */
  of(ids: IncidentIds): Promise<string | undefined>;
  close(): void;
}

/** Reads the names of a system's incidents in its table. A fault is told, once, and then names are not known. */
export function incidentNames(target: Target, tell: (line: string) => void): IncidentNames {
  const client = new DynamoDBClient(target.clientConfig('dynamodb'));
  const known = new Map<string, Promise<string | undefined>>();
  let table: Promise<string | undefined> | undefined;
  let isTold = false;
  const untold = (fault: unknown): undefined => {
    if (!isTold)
      tell(`incidents are shown by id alone: ${fault instanceof Error ? fault.message : String(fault)}`);
    isTold = true;
  };
  const read = async (ids: IncidentIds) => {
    table ??= tableOf(target);
    const name = await table;
    return name === undefined ? undefined : nameIn(client, name, ids);
  };
  return {
    of(ids) {
      const key = JSON.stringify([ids.org, ids.incident]);
      const name = known.get(key) ?? read(ids).catch(untold);
      known.set(key, name);
      return name;
    },
    close: () => client.destroy(),
  };
}

async function nameIn(client: DynamoDBClient, TableName: string, { org, incident }: IncidentIds) {
  const { pk, sk } = schema.incidentHead.key({ org, inc: incident });
  const { Item } = await client.send(
    new GetItemCommand({
      TableName,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ProjectionExpression: '#number',
      ExpressionAttributeNames: { '#number': 'number' },
    }),
  );
  return Item?.number?.N === undefined ? undefined : `INC-${Item.number.N}`;
}
