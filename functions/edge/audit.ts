import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Refusal } from '../../shared/kernel/index.ts';
import type { Route } from '../../shared/wiring/index.ts';
import { statusOf } from './errors.ts';
import { log } from './log.ts';
import type { Reply } from './reply.ts';

const kept: readonly number[] = [statusOf.unauthenticated, statusOf.forbidden, statusOf.not_found];

/** Who asked for what, as a record tells it: never ids of things or anything else that was sent. */
export interface Asked {
  /** What the authorizer found. */
  readonly authorizer: Readonly<Record<string, unknown>> | null | undefined;
  readonly route: string;
  readonly requestId: string;
}

/** Leaves a record in the log when this status keeps somebody from what they asked for. */
export function recordKeptOut({ authorizer, route, requestId }: Asked, status: number): void {
  if (!kept.includes(status)) return;
  const who = { org: authorizer?.org ?? '-', actor: authorizer?.actor ?? '-' };
  log.warn('kept out', { ...who, route, status, requestId });
}

/**
 * Carries out a request, and leaves a record in the log when it was kept from what it asked for: who, by which route and how it
 * was answered.
 */
export async function audited(
  { httpMethod, requestContext }: APIGatewayProxyEvent,
  route: Pick<Route, 'path'>,
  run: () => Promise<Reply>,
): Promise<Reply> {
  const { requestId, authorizer } = requestContext;
  const asked: Asked = { authorizer, route: `${httpMethod} ${route.path}`, requestId };
  try {
    const reply = await run();
    recordKeptOut(asked, reply.status);
    return reply;
  } catch (error) {
    if (error instanceof Refusal) recordKeptOut(asked, statusOf[error.code]);
    throw error;
  }
}
