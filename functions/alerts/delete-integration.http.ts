import { alertsApi } from '../../shared/alerts/api.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { deleteKeyDoorWrite } from '../aws/doors.ts';
import { table } from '../aws/table.ts';
import { verb } from '../edge/verb.ts';
import { freeAccount } from './account-door.ts';
import type { IntegrationRow } from './integration-row.ts';

/** Ends an integration: its entry in the list and its door, both or neither. */
export const deleteIntegration = verb({
  api: alertsApi['delete-integration'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const key = schema.integration.key({ org, integration: id });
    const row = await table.get<IntegrationRow>(key);
    if (row === undefined) throw new Refusal('not_found', `There is no integration ${id} here.`, 'path.id');
    const { committed } = await table.transact([
      { delete: key },
      deleteKeyDoorWrite(row.door),
      ...freeAccount(row.source),
    ]);
    if (!committed) throw new Refusal('unavailable', 'Somebody else changes it just now; try again.');
    return undefined;
  },
});
