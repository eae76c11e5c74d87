import { linkPageHeaders, type ResponsePage, renderResponse } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { type Reply, reply } from '../edge/reply.ts';

const statuses = { question: 200, outcome: 200, over: 410, refused: 403 } as const;

/** A response page as an answer. */
export function pageReply(page: ResponsePage): Reply {
  return reply(statuses[page.show], renderResponse(page, clock.now()), linkPageHeaders);
}
