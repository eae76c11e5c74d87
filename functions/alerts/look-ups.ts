import { DAY, type Duration } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from '../aws/clock.ts';
import { table } from '../aws/table.ts';
import type { Ports } from './ports.ts';

/** How long an alert can be named by its tiny id after it was last shown. */
const KEPT: Duration = 90 * DAY;

/** What answers and tiny ids need of the table; what alerts come by asks for none of it. */
export const lookUps: Pick<Ports, 'findAlert' | 'findTinyId' | 'keepTinyId'> = {
  // Loaded by who asks: taking an alert needs nothing of what alerts became.
  findAlert: async (org, fingerprint) => (await import('../aws/seen-alerts.ts')).findAlert(org, fingerprint),
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
