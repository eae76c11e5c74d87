import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Refusal } from '../../shared/kernel/index.ts';
import type { Route } from '../../shared/wiring/index.ts';
import { statusOf } from './errors.ts';
import { log } from './log.ts';
import type { Reply } from './reply.ts';

const kept: readonly number[] = [statusOf.forbidden, statusOf.not_found];

/**
 * Carries out a request, and leaves a record in the log when it was kept from what it asked for: who, by which route and how it
 * was answered. Never ids or anything else that was sent.
 */
export async function audited(
  { httpMethod, requestContext }: APIGatewayProxyEvent,
  route: Pick<Route, 'path'>,
  run: () => Promise<Reply>,
): Promise<Reply> {
  const { requestId, authorizer } = requestContext;
  const record = (status: number) => {
    if (!kept.includes(status)) return;
    const who = { org: authorizer?.org ?? '-', actor: authorizer?.actor ?? '-' };
    log.warn('kept out', { ...who, route: `${httpMethod} ${route.path}`, status, requestId });
  };
  try {
    const reply = await run();
    record(reply.status);
    return reply;
  } catch (error) {
    if (error instanceof Refusal) record(statusOf[error.code]);
    throw error;
  }
}
