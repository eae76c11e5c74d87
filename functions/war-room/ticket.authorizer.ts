import { Refusal } from '../../shared/kernel/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { readSettings } from '../aws/settings.ts';
import { consumeTicket } from '../aws/tickets.ts';
import { authorizer } from '../edge/authorizer.ts';
import { toSocketContext } from './connection.ts';

readSettings(functions.Ticket.env);

/** Lets a socket open for whoever brings a ticket that was not used before. */
export const handler = authorizer(async ({ query }) => {
  const ctx = query.ticket === undefined ? undefined : await consumeTicket(query.ticket);
  if (ctx === undefined) throw new Refusal('unauthenticated', 'The ticket is unknown, used or too old.');
  return { id: ctx.actor.id, context: toSocketContext(ctx) };
});
