import { toText } from '../../shared/kernel/index.ts';
import { warRoomApi } from '../../shared/war-room/api.ts';
import { putTicket } from '../aws/tickets.ts';
import { verb } from '../edge/verb.ts';

/** A ticket for a socket: a browser cannot send a token when it opens one, and a token does not belong in an address. */
export const createTicket = verb({
  api: warRoomApi['create-ticket'],
  run: async ({ ctx }) => {
    const { ticket, expiresAt } = await putTicket(ctx);
    return { ticket, expiresAt: toText(expiresAt) };
  },
});
