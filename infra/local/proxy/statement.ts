import { wildcard } from '../wildcard.ts';
import { type Condition, readCondition } from './condition.ts';
import type { Need } from './need.ts';

/** A statement of a policy of a role. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** The actions as the policy names them. */
  readonly names: readonly string[];
  /** In lower case, as IAM compares them. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Condition | undefined;
}

const members = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/**
 * Reads the statements of a policy document whose intrinsic functions are resolved.
 *
 * @param place names the policy in errors: a part that the local runner does not evaluate is one
 */
export function readStatements(document: unknown, place: string): readonly Statement[] {
  const { Statement: statements } = (document ?? {}) as { Statement?: unknown };
  if (statements === undefined) throw new Error(`${place}: the policy has no Statement`);
  return listOf(statements).map((one, at) => {
    try {
      return readStatement(one as Record<string, unknown>);
    } catch (error) {
      throw new Error(`${place}, statement ${at + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}

function readStatement(statement: Record<string, unknown>): Statement {
  const unknown = Object.keys(statement).filter((name) => !members.has(name));
  if (unknown.length > 0)
    throw new Error(`the local runner does not evaluate ${unknown.join(', ')} of a statement`);
  const { Effect: effect, Action, Resource, Condition } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`its Effect is ${JSON.stringify(effect)}`);
  return {
    effect,
    names: texts(Action, 'Action'),
    actions: texts(Action, 'Action').map((action) => action.toLowerCase()),
    resources: texts(Resource, 'Resource'),
    condition: readCondition(Condition),
  };
}

/** Whether a statement speaks of an action on a resource, leaving its condition aside. */
export function speaksOf({ actions, resources }: Statement, action: string, resource: string): boolean {
  const lower = action.toLowerCase();
  return actions.some((one) => wildcard(one, lower)) && resources.some((one) => wildcard(one, resource));
}

/** What statements that all speak of a need say about it: a denial beats every leave, and no word is a denial. */
export function verdict(relevant: readonly Statement[], need: Need): boolean {
  const holding = relevant.filter(({ condition }) => condition === undefined || condition(need));
  return holding.length > 0 && holding.every(({ effect }) => effect === 'Allow');
}

function texts(value: unknown, name: string): readonly string[] {
  const all = listOf(value);
  if (!all.every((one) => typeof one === 'string'))
    throw new Error(`its ${name} is ${JSON.stringify(value)}`);
  return all;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
