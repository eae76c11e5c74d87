import { wildcard } from '../wildcard.ts';

/** What a policy says about one call. */
export type Verdict = 'allow' | 'explicit deny' | 'implicit deny';

interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const known = new Set(['Effect', 'Action', 'Resource', 'Sid']);

/**
 * Evaluates an authorizer's policy document for `execute-api:Invoke` on a method ARN; a deny beats every allow.
 * Throws for a document without statements, and for parts that the local gateway does not evaluate (conditions).
 */
export function evaluate(document: unknown, methodArn: string): Verdict {
  const relevant = statementsOf(document).filter(
    ({ actions, resources }) =>
      actions.some((action) => wildcard(action.toLowerCase(), 'execute-api:invoke')) &&
      resources.some((resource) => wildcard(resource, methodArn)),
  );
  if (relevant.some(({ effect }) => effect === 'Deny')) return 'explicit deny';
  return relevant.some(({ effect }) => effect === 'Allow') ? 'allow' : 'implicit deny';
}

function statementsOf(document: unknown): Statement[] {
  if (typeof document !== 'object' || document === null || !('Statement' in document)) {
    throw new Error('the policy document has no Statement');
  }
  return listOf(document.Statement).map((statement) => {
    if (typeof statement !== 'object' || statement === null)
      throw new Error('a policy statement must be an object');
    const unknown = Object.keys(statement).filter((key) => !known.has(key));
    if (unknown.length > 0)
      throw new Error(`the local gateway does not evaluate ${unknown.join(', ')} of a policy`);
    const { Effect, Action, Resource } = statement as Record<string, unknown>;
    return {
      effect: String(Effect),
      actions: listOf(Action).map(String),
      resources: listOf(Resource).map(String),
    };
  });
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
