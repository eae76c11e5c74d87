import { type IntegrationId, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { changeKeyDoorWrite, deleteKeyDoorWrite } from '../aws/doors.ts';
import { table, type Write } from '../aws/table.ts';
import { freeAccount } from './account-door.ts';
import { doorOf, type IntegrationRow } from './integration-row.ts';

/** The integration of an organisation; `not_found` when it has none with this id. */
export async function loadIntegration(org: OrganisationId, id: IntegrationId): Promise<IntegrationRow> {
  const row = await table.get<IntegrationRow>(schema.integration.key({ org, integration: id }));
  if (row === undefined) throw new Refusal('not_found', `There is no integration ${id} here.`, 'path.id');
  return row;
}

/** A row is changed only as it was read; what an earlier version wrote has no version. */
const asRead = ({ version }: IntegrationRow) =>
  version === undefined
    ? { if: { pk: { exists: true }, version: { exists: false } } }
    : { ifVersion: version };

/** Changes an integration with the doors of its keys, all or nothing; false when somebody else was faster. */
export async function writeIntegration(
  org: OrganisationId,
  before: IntegrationRow,
  after: IntegrationRow,
): Promise<boolean> {
  const row = { ...schema.integration.key({ org, integration: after.id }), ...after };
  const door = doorOf(org, after);
  const { oldDoor } = after;
  const kept = [after.door, oldDoor?.hash];
  const writes: readonly Write[] = [
    { put: { ...row, version: (before.version ?? 0) + 1 }, ...asRead(before) },
    changeKeyDoorWrite(after.door, door),
    ...(oldDoor ? [changeKeyDoorWrite(oldDoor.hash, { ...door, until: oldDoor.until })] : []),
    ...hashesOf(before).flatMap((hash) => (kept.includes(hash) ? [] : [deleteKeyDoorWrite(hash)])),
  ];
  return (await table.transact(writes)).committed;
}

/** Ends an integration with the doors of its keys, all or nothing; false when somebody else was faster. */
export async function removeIntegration(org: OrganisationId, row: IntegrationRow): Promise<boolean> {
  const key = schema.integration.key({ org, integration: row.id });
  const activity = schema.integrationActivity.key({ org, integration: row.id });
  const doors = hashesOf(row).map(deleteKeyDoorWrite);
  const writes = [
    { delete: key, ...asRead(row) },
    { delete: activity },
    ...doors,
    ...freeAccount(row.source),
  ];
  return (await table.transact(writes)).committed;
}

const hashesOf = ({ door, oldDoor }: IntegrationRow): readonly string[] =>
  oldDoor === undefined ? [door] : [door, oldDoor.hash];

/** The refusal of whoever was slower. */
export const changedMeanwhile = (): Refusal =>
  new Refusal('conflict', 'Somebody else changed this integration just now; look at it and ask again.');
