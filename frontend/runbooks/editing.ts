import { plainFaults } from '../../shared/api/plain-faults.ts';
import { type Runbook, runbookSchema } from '../../shared/runbooks/runbook.ts';

/** What a text means as a runbook, or what is wrong with it, in words. */
export interface Checked {
  readonly runbook?: Runbook;
  readonly faults: readonly string[];
}

const MOST_FAULTS = 8;

/** Reads a text as the API would. */
export function checked(text: string): Checked {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { faults: [error instanceof SyntaxError ? error.message : 'It is not JSON'] };
  }
  const { success, data, error } = runbookSchema.safeParse(value, { error: plainFaults });
  if (success) return { runbook: data, faults: [] };
  const faults = error.issues.map(({ path, message, ...issue }) =>
    'keys' in issue ? `${[...path, ...issue.keys].join('.')}: ${message}` : `${path.join('.')}: ${message}`,
  );
  return { faults: faults.slice(0, MOST_FAULTS) };
}

/** What a new runbook begins as. */
export const exampleText = JSON.stringify(
  {
    id: 'api-restart-procedure',
    title: 'API Service Restart Procedure',
    description: 'What to do when the API does not answer',
    category: 'Operations',
    tags: ['api'],
    steps: [
      {
        id: 'verify-health',
        title: 'Verify health',
        command: 'http:GET|/health',
        order: 1,
        automatable: true,
      },
      { id: 'look', title: 'Look at the dashboard', description: 'Is it only us?', order: 2 },
      {
        id: 'restart',
        title: 'Restart the service',
        command: 'kubectl:kubectl rollout restart deployment/api-service',
        order: 3,
        automatable: false,
      },
    ],
    triggers: { alertPatterns: ['api.*down'], conditions: ['severity == "P1_CRITICAL"'] },
    metadata: { estimatedTime: 15, skillLevel: 'intermediate' },
    version: '1.0',
  },
  undefined,
  2,
);
