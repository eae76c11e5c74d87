import * as z from 'zod';
import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { findKey, findKeyAgain } from '../aws/doors.ts';
import { readMailFile } from '../aws/mail-files.ts';
import { readSettings } from '../aws/settings.ts';
import { heard } from '../edge/event.ts';
import { log } from '../edge/log.ts';
import { keepDelivery } from './keep.ts';
import { receiveMail } from './receive-mail.ts';
import { storing } from './storing.ts';

const { alertQueue } = readSettings(functions.ReceiveMail.env);
const never = () => Promise.reject(new Error('A mail names no address that is to be visited'));
const ports = {
  ...storing(alertQueue),
  visit: never,
  findKey,
  findKeyAgain,
  // Mails carry no signature of ours: whoever knows the address may send.
  secretsOf: () => Promise.resolve({ known: [], lacking: false }),
  keep: (...[receipt, delivery]: Parameters<Parameters<typeof receiveMail>[1]['keep']>) =>
    keepDelivery(receipt, delivery, clock.now()),
};

/** What Amazon SES tells of mails that it has put into the bucket, as far as it is used. */
const Told = z.object({
  Records: z
    .array(
      z.object({
        ses: z.object({
          mail: z.object({ messageId: z.string().min(1) }),
          receipt: z.object({
            recipients: z.array(z.string()),
            virusVerdict: z.object({ status: z.string() }).optional(),
          }),
        }),
      }),
    )
    .min(1),
});

/** Takes the mails that arrived, each for the integrations that it was sent to. */
export const handler = heard(async (body) => {
  for (const { ses } of Told.parse(body).Records) {
    const { messageId: id } = ses.mail;
    const { recipients, virusVerdict } = ses.receipt;
    if (virusVerdict?.status === 'FAIL') log.warn('mail left out: it carries a virus', { mail: id });
    else
      for (const taken of await receiveMail({ id, raw: await readMailFile(id), recipients }, ports))
        log.info('mail taken', { mail: id, ...taken });
  }
});
