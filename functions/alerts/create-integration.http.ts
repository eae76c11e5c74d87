import { alertsApi } from '../../shared/alerts/api.ts';
import { idOf, Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { putKeyDoorWrite } from '../aws/doors.ts';
import { sha256 } from '../aws/random.ts';
import { table } from '../aws/table.ts';
import { verb } from '../edge/verb.ts';
import { accountTaken, claimAccount } from './account-door.ts';
import { hosts, refuseWithoutMail } from './hosts.ts';
import { addressOf, doorOf, type IntegrationRow, noActivity, viewOf } from './integration-row.ts';
import { newKey } from './new-key.ts';

/** Makes an integration: its entry in the list and its door, both or neither. */
export const createIntegration = verb({
  api: alertsApi['create-integration'],
  run: async ({ ctx: { org }, body: { name, source }, attempt }) => {
    refuseWithoutMail(source, hosts());
    const id = idOf('integration', attempt.at, org, attempt.seed);
    const key = newKey();
    const row: IntegrationRow = { id, name, source, createdAt: attempt.at, door: sha256(key), version: 1 };
    const { committed } = await table.transact([
      { put: { ...schema.integration.key({ org, integration: id }), ...row }, ifNew: true },
      putKeyDoorWrite(key, doorOf(org, row)),
      ...claimAccount(source, doorOf(org, row)),
    ]);
    if (!committed && source === 'eventbridge') throw accountTaken();
    if (!committed) {
      throw new Refusal(
        'conflict',
        `This request made ${id} before; delete it and ask again without the same key.`,
      );
    }
    return { ...viewOf(row, noActivity, attempt.at), ...addressOf(source, key, hosts()) };
  },
});
