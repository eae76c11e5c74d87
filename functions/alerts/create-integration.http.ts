import { randomBytes } from 'node:crypto';
import { alertsApi } from '../../shared/alerts/api.ts';
import { idOf, Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { putKeyDoorWrite } from '../aws/doors.ts';
import { sha256 } from '../aws/random.ts';
import { setting } from '../aws/settings.ts';
import { table } from '../aws/table.ts';
import { verb } from '../edge/verb.ts';
import { addressOf, type IntegrationRow, viewOf } from './integration-row.ts';

/** Makes an integration: its entry in the list and its door, both or neither. */
export const createIntegration = verb({
  api: alertsApi['create-integration'],
  run: async ({ ctx: { org }, body: { name, source }, attempt }) => {
    const id = idOf('integration', attempt.at, org, attempt.seed);
    // 128 bits in the form of a PagerDuty routing key, which senders check for its 32 characters.
    const secret = randomBytes(16).toString('hex');
    const row: IntegrationRow = { id, name, source, createdAt: attempt.at, door: sha256(secret) };
    const { committed } = await table.transact([
      { put: { ...schema.integration.key({ org, integration: id }), ...row }, ifNew: true },
      putKeyDoorWrite(secret, { kind: 'integration', org, id, name, source }),
    ]);
    if (!committed) {
      throw new Refusal(
        'conflict',
        `This request made ${id} before; delete it and ask again without the same key.`,
      );
    }
    return { ...viewOf(row), ...addressOf(source, secret, setting('alertsUrl')) };
  },
});
