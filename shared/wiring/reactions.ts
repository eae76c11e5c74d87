type Reaction = 'escalate' | 'escalate-and-deliver' | 'settle';

/**
 * What the fan-out sends when it reads a fact of this type: the safety net for a worker that died after recording it; and, after
 * a person resolved an incident, the question whether an alert joined that they could not know of.
 */
export const reactions = {
  'incident.opened': 'escalate',
  'incident.reopened': 'escalate',
  'incident.escalated': 'escalate-and-deliver',
  'incident.brought-forward': 'escalate',
  'incident.severity-changed': 'escalate',
  'incident.resolved': 'settle',
} as const satisfies Record<string, Reaction>;

export type ReactingFactType = keyof typeof reactions;
