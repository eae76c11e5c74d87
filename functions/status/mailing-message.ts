import * as z from 'zod';
import { idText } from '../../shared/api/index.ts';
import type { AnnounceMessage, ConfirmMessage, MailMessage } from '../../shared/wiring/index.ts';

const place = { org: idText('organisation'), page: idText('statusPage') };
const update = idText('statusUpdate');

const message = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('announce'),
    ...place,
    update,
    after: z.string().optional(),
    hop: z.int().min(0),
  }),
  z.object({ kind: z.literal('mail'), ...place, update, to: z.array(idText('subscriber')).max(50) }),
  z.object({ kind: z.literal('confirm'), ...place, subscriber: idText('subscriber'), askedAt: z.int() }),
]);

/** What the worker of bulk mail is asked, as it came from the queue. */
export const parseMailingMessage = (body: unknown): AnnounceMessage | MailMessage | ConfirmMessage =>
  message.parse(body);
