type Reaction = 'escalate' | 'escalate-and-deliver' | 'settle' | 'publish' | 'publish-and-mail';

/**
 * What the fan-out sends when it reads a fact of this type: the safety net for a worker that died after recording it; and, after
 * a person resolved an incident, the question whether an alert joined that they could not know of; after one split it, whether what is
 * left is over.
 */
export const reactions = {
  'incident.opened': 'escalate',
  'incident.reopened': 'escalate',
  'incident.escalated': 'escalate-and-deliver',
  'incident.brought-forward': 'escalate',
  'incident.put-off': 'escalate',
  'incident.severity-changed': 'escalate',
  'incident.resolved': 'settle',
  'incident.split': 'settle',
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
