import type { Instant } from '../../../kernel/index.ts';
import { toText } from '../../../kernel/index.ts';
import { isAlertId } from './identity.ts';

/** What a request did, as its id says. */
export interface OpsgenieRequest {
  readonly action: string;
  readonly at: Instant;
  readonly alert: string;
}

/** The id of a request: it says itself what was asked for, so nothing is stored for it. */
export const requestIdOf = ({ action, at, alert }: OpsgenieRequest): string =>
  `${action}-${at.toString(36)}-${alert}`;

/** What a request did; undefined for an id that none of ours has. */
export function requestOf(id: string): OpsgenieRequest | undefined {
  const [action = '', time = '', alert = '', ...rest] = id.split('-');
  const isTime = /^[0-9a-z]{1,9}$/.test(time);
  if (!Object.hasOwn(done, action) || !isTime || !isAlertId(alert) || rest.length > 0) return undefined;
  const at = Number.parseInt(time, 36);
  return { action, at, alert };
}

/** What became of each action, in the words of the status of a request. */
const done: Readonly<Record<string, string>> = {
  create: 'Created alert',
  delete: 'Deleted alert',
  close: 'Closed alert',
  acknowledge: 'Acknowledged alert',
  unacknowledge: 'UnAcknowledged alert',
  notes: 'Added note',
  snooze: 'Snoozed alert',
  escalate: 'Escalated alert',
  assign: 'Assigned alert',
  tags: 'Changed tags',
  details: 'Changed details',
  responders: 'Added responder',
  teams: 'Added team',
  actions: 'Executed action',
  message: 'Updated message',
  description: 'Updated description',
  priority: 'Updated priority',
};

/** The actions that requests may do. */
export const opsgenieActions: readonly string[] = Object.keys(done);

/** The status of a request in Opsgenie's form. `exists`: whether the alert is one that was ever created. */
export function statusOfRequest(
  request: OpsgenieRequest,
  integration: string,
  alias: string,
  exists: boolean,
) {
  const { action, at, alert } = request;
  return {
    success: exists,
    action: action.charAt(0).toUpperCase() + action.slice(1),
    processedAt: toText(at),
    integrationId: integration,
    isSuccess: exists,
    status: exists ? (done[action] ?? '') : 'Alert does not exist',
    alertId: exists ? alert : '',
    alias: exists ? alias : '',
  };
}
