import { type ErrorCode, Refusal } from '../../shared/kernel/index.ts';
import type { Understood } from '../../shared/war-room/api.ts';
import {
  type ClientMessage,
  PROTOCOL_VERSION,
  type ProtocolError,
  type RuleNumber,
  ruleOf,
  type ServerMessageOf,
} from '../../shared/war-room/index.ts';
import { recordKeptOut } from '../edge/audit.ts';
import { logFault, statusOf } from '../edge/errors.ts';
import type { SocketEvent } from '../edge/socket.ts';

/** What the sender is told of a frame that breaks a rule. */
export function notUnderstood({ rule, why, id, incident }: Extract<Understood, { rule: RuleNumber }>) {
  const message = `Rule ${rule}: ${why}.`;
  const about = { ...(id !== undefined && { id }), ...(incident !== undefined && { incident }) };
  return { v: PROTOCOL_VERSION, type: 'error', code: 'invalid', rule, message, ...about } as const;
}

/** How the protocol words a refusal; what is missing here is a fault of ours. */
const told: Partial<Record<ErrorCode, ProtocolError>> = {
  invalid: 'invalid',
  forbidden: 'forbidden',
  unauthenticated: 'forbidden',
  not_found: 'not_found',
  limit: 'limit',
  conflict: 'conflict',
};

/** What the sender is told of a message that could not be carried out. */
export function refused(
  error: unknown,
  message: ClientMessage,
  { authorizer, requestId }: SocketEvent,
): ServerMessageOf<'error'> {
  const about = {
    ...('id' in message && { id: message.id }),
    ...('incident' in message && message.incident !== undefined && { incident: message.incident }),
  };
  const fixed = { v: PROTOCOL_VERSION, type: 'error', ...about } as const;
  if (error instanceof Refusal) {
    recordKeptOut({ authorizer, route: `socket ${message.type}`, requestId }, statusOf[error.code]);
    const code = told[error.code];
    if (code !== undefined)
      return { ...fixed, code, rule: ruleBehind(error, message), message: error.message };
  }
  logFault(error, `socket message ${message.type}, request ${requestId}`);
  const text = 'Something went wrong on our side; say it again with the same id.';
  return { ...fixed, code: 'internal', rule: 'WR18', message: text };
}

function ruleBehind({ code, param }: Refusal, { type }: ClientMessage): RuleNumber {
  if (code === 'forbidden' || code === 'unauthenticated') return 'WR15';
  if (code === 'limit' && param === 'update') return 'WR23';
  if (code === 'limit') return type === 'join' ? 'WR3' : 'WR17';
  return ruleOf[type];
}
