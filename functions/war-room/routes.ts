import { router } from '../edge/router.ts';
import { createTicket } from './create-ticket.http.ts';
import { getDocument } from './get-document.http.ts';

/** The REST verbs of the war room. */
export const handler = router('WarRoom', { 'create-ticket': createTicket, 'get-document': getDocument });
