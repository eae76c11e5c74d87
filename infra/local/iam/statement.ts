import { wildcard } from '../wildcard.ts';
import { type Condition, readCondition } from './condition.ts';
import { type ConditionKeys, callKeys, type Need } from './need.ts';
import { asTexts, listOf } from './texts.ts';

/** A statement of a policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** The actions as the policy names them. */
  readonly names: readonly string[];
  /** In lower case, as IAM compares them. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Condition | undefined;
}

/** What statements say of a need. Whatever is not allowed is denied, and no leave helps against an explicit denial. */
export type Verdict = 'allow' | 'explicit deny' | 'implicit deny';

const members = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/**
 * Reads the statements of a policy document whose intrinsic functions are resolved.
 *
 * @param place names the policy in errors: a part that the local runner does not evaluate is one
 * @param keys the condition keys that it may name
 */
export function readStatements(
  document: unknown,
  place: string,
  keys: ConditionKeys = callKeys,
): readonly Statement[] {
  return statementsIn(document, place).map((one, at) =>
    readStatement(one, `${place}, statement ${at + 1}`, keys),
  );
}

/** The statements of a policy document as they stand there. */
export function statementsIn(document: unknown, place: string): readonly unknown[] {
  const { Statement: statements } = (document ?? {}) as { Statement?: unknown };
  if (statements === undefined) throw new Error(`${place}: the policy has no Statement`);
  return listOf(statements);
}

/** Reads one statement. */
export function readStatement(statement: unknown, place: string, keys: ConditionKeys): Statement {
  try {
    return read(statement, keys);
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

function read(statement: unknown, keys: ConditionKeys): Statement {
  if (typeof statement !== 'object' || statement === null) throw new Error('it is no object');
  const unknown = Object.keys(statement).filter((name) => !members.has(name));
  if (unknown.length > 0)
    throw new Error(`the local runner does not evaluate ${unknown.join(', ')} of a statement`);
  const { Effect: effect, Action, Resource, Condition } = statement as Record<string, unknown>;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`its Effect is ${JSON.stringify(effect)}`);
  const names = asTexts(Action, 'Action');
  return {
    effect,
    names,
    actions: names.map((action) => action.toLowerCase()),
    resources: asTexts(Resource, 'Resource'),
    condition: readCondition(Condition, keys),
  };
}

/** Whether a statement speaks of an action on a resource, leaving its condition aside. */
export function speaksOf({ actions, resources }: Statement, action: string, resource: string): boolean {
  const lower = action.toLowerCase();
  return actions.some((one) => wildcard(one, lower)) && resources.some((one) => wildcard(one, resource));
}

/** What statements say of a need. */
export const verdictOn = (statements: readonly Statement[], need: Need): Verdict =>
  verdictOf(
    deciding(
      statements.filter((one) => speaksOf(one, need.action, need.resource)),
      need,
    ),
  );

/**
 * Of statements that all speak of a need's action and resource the one that decides: a denial that holds, else the first
 * leave that does.
 */
export function deciding<One extends Statement>(relevant: readonly One[], need: Need): One | undefined {
  let leave: One | undefined;
  for (const one of relevant) {
    if (one.effect === 'Allow' && leave !== undefined) continue;
    if (one.condition?.(need) === false) continue;
    if (one.effect === 'Deny') return one;
    leave = one;
  }
  return leave;
}

/** The verdict of the statement that decides. */
export function verdictOf(decided: Statement | undefined): Verdict {
  if (decided === undefined) return 'implicit deny';
  return decided.effect === 'Deny' ? 'explicit deny' : 'allow';
}
