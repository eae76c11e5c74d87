import { type Ctx, type Role, roles } from './context.ts';
import { Refusal } from './errors.ts';

/** What somebody may do, as the route table names it, and the least role that may do it. */
export const actions = {
  'incident.read': 'viewer',
  'incident.write': 'responder',
  'incident.delete': 'manager',
  'alert.read': 'viewer',
  'room.join': 'viewer',
  'room.write': 'responder',
  'change.read': 'viewer',
  'change.write': 'responder',
  'heartbeat.read': 'viewer',
  'heartbeat.write': 'manager',
  'silence.read': 'viewer',
  'silence.write': 'responder',
  'configuration.read': 'viewer',
  'configuration.write': 'manager',
  'override.write': 'responder',
  'page.test': 'responder',
  'credentials.write': 'administrator',
  'integration.read': 'manager',
  'integration.write': 'manager',
  'key.write': 'administrator',
  'member.read': 'viewer',
  'member.write': 'administrator',
  'runbook.read': 'viewer',
  'runbook.execute': 'responder',
  'runbook.write': 'manager',
  'metrics.read': 'viewer',
  'metrics.write': 'manager',
  'postmortem.read': 'viewer',
  'postmortem.write': 'responder',
  'status.read': 'viewer',
  'status.write': 'responder',
} as const satisfies Record<string, Role>;

export type Action = keyof typeof actions;

/** The one authorisation function: whether this role may take this action. */
export function may(role: Role, action: Action): boolean {
  return roles.indexOf(role) >= roles.indexOf(actions[action]);
}

/** Refuses with `forbidden` when the caller's role is below what the action needs. */
export function authorise(ctx: Ctx, action: Action): void {
  if (may(ctx.role, action)) return;
  throw new Refusal(
    'forbidden',
    `The role '${ctx.role}' may not do '${action}'; it needs '${actions[action]}' or above. Ask an administrator of the organisation.`,
  );
}
