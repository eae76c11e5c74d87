import type { AlertHead } from '../../shared/detection/index.ts';
import { DAY, type Duration } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from '../aws/clock.ts';
import { alertKey } from '../aws/detection-load.ts';
import { stored } from '../aws/incident-rows.ts';
import { table } from '../aws/table.ts';
import type { Ports } from './ports.ts';

/** How long an alert can be named by its tiny id after it was last shown. */
const KEPT: Duration = 90 * DAY;

/** What answers and tiny ids need of the table; what alerts come by asks for none of it. */
export const lookUps: Pick<Ports, 'findAlert' | 'findTinyId' | 'keepTinyId'> = {
  async findAlert(org, fingerprint) {
    const row = await table.get(alertKey(org, fingerprint));
    return row && stored<AlertHead>(row);
  },
  async findTinyId(org, tiny) {
    if (!/^\d{1,15}$/.test(tiny)) return undefined;
    const row = await table.get<TinyRow>(schema.tinyId.key({ org, tiny }));
    return row && row.ttl * 1_000 > clock.now() ? row.fingerprint : undefined;
  },
  async keepTinyId(org, tiny, fingerprint) {
    const ttl = Math.ceil((clock.now() + KEPT) / 1_000);
    await table.put({ ...schema.tinyId.key({ org, tiny }), kind: 'tiny-id', fingerprint, ttl });
  },
};

interface TinyRow {
  readonly fingerprint: string;
  readonly ttl: number;
}
