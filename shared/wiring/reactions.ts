type Reaction =
  | 'escalate'
  | 'escalate-and-relate'
  | 'escalate-and-deliver'
  | 'relate'
  | 'settle'
  | 'publish'
  | 'publish-and-mail';

/**
 * What the fan-out sends when it reads a fact of this type: the safety net for a worker that died after recording it; and, after
 * a person resolved an incident, the question whether an alert joined that they could not know of; after one split it, whether what is
 * left is over; after one opened among services that depend on each other, or has to do with one more, whether it belongs to another.
 */
export const reactions = {
  'incident.opened': 'escalate-and-relate',
  'incident.reopened': 'escalate',
  'incident.escalated': 'escalate-and-deliver',
  'incident.brought-forward': 'escalate',
  'incident.put-off': 'escalate',
  'incident.severity-changed': 'escalate',
  'incident.resolved': 'settle',
  'incident.split': 'settle',
  'incident.reached': 'relate',
  'incident.origin-suspected': 'relate',
  'page.configured': 'publish',
  'group.changed': 'publish',
  'component.changed': 'publish',
  'component.marked': 'publish',
  'update.published': 'publish-and-mail',
  'update.corrected': 'publish',
  'update.withdrawn': 'publish',
  'page-incident.changed': 'publish',
  'maintenance.changed': 'publish',
  'proposal.dismissed': 'publish',
} as const satisfies Record<string, Reaction>;

export type ReactingFactType = keyof typeof reactions;
