/** What the fan-out sends when it reads a fact of this type: the safety net for a worker that died after recording it. */
export const reactions = {
  'incident.opened': 'escalate',
  'incident.reopened': 'escalate',
  'incident.escalated': 'escalate-and-deliver',
  'incident.severity-changed': 'escalate',
} as const satisfies Record<string, 'escalate' | 'escalate-and-deliver'>;

export type ReactingFactType = keyof typeof reactions;
