import type { ConditionKeys, Need } from './need.ts';
import { type Operator, operators } from './operators.ts';
import { asTexts } from './texts.ts';

/** Whether what a statement asks of a request is so. */
export type Condition = (need: Need) => boolean;

/**
 * Reads the `Condition` of a statement: all of its operators and keys must hold, of the values of one any.
 * Throws on an operator, a key or a use of them that the local runner does not evaluate.
 */
export function readCondition(condition: unknown, keys: ConditionKeys): Condition | undefined {
  if (condition === undefined) return undefined;
  const tests = Object.entries(membersOf(condition)).flatMap(([name, tested]) => {
    const comparison = name === 'Null' ? undefined : readComparison(name);
    return Object.entries(membersOf(tested)).map(([key, values]) => {
      const known = Object.keys(keys).find((one) => one.toLowerCase() === key.toLowerCase());
      if (known === undefined) throw new Error(`the local runner does not know the condition key ${key}`);
      return comparison === undefined
        ? readNull(known, values)
        : readTest(comparison, known, asTexts(values, key), keys);
    });
  });
  return (need) => tests.every((test) => test(need));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('its Condition is no object of operators, each with an object of keys');
  return value as Readonly<Record<string, unknown>>;
}

/** An operator as a policy writes it: how two values are compared, and what the words around that ask. */
interface Comparison {
  readonly written: string;
  readonly known: Operator;
  readonly set: string | undefined;
  readonly isIfExists: boolean;
}

function readComparison(written: string): Comparison {
  const [, set, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const known = operators[name];
  if (known === undefined)
    throw new Error(`the local runner does not know the condition operator ${written}`);
  return { written, known, set, isIfExists: ifExists !== undefined };
}

function readTest(
  { written, known, set, isIfExists }: Comparison,
  key: string,
  named: readonly string[],
  keys: ConditionKeys,
): Condition {
  // IAM's reference tells no outcome for this, so there is none here.
  if (set === undefined && keys[key] === 'many')
    throw new Error(
      `${key} may have several values, so ${written} needs ForAllValues or ForAnyValue before it`,
    );
  const fault = named.map((one) => known.fault?.(one)).find((one) => one !== undefined);
  if (fault !== undefined) throw new Error(`${written} of ${key}: ${fault}`);
  const fits = (value: string) => named.some((one) => known.test(value, one)) !== known.denies;
  return (need) => {
    const found = need.value(key) ?? [];
    if (found.length === 0) return isIfExists || holdsOfNone(set, known.denies);
    return set === 'ForAnyValue' ? found.some(fits) : found.every(fits);
  };
}

/** Of a request without the key: "for all values" holds, "for any value" does not, and else what denies holds. */
const holdsOfNone = (set: string | undefined, denies: boolean): boolean =>
  set === undefined ? denies : set === 'ForAllValues';

/** Whether the request lacks the key: `true` asks that it does, `false` that it has it. */
function readNull(key: string, value: unknown): Condition {
  if (!/^(true|false)$/.test(String(value)))
    throw new Error(`Null takes true or false, got ${String(value)}`);
  const lacks = String(value) === 'true';
  return (need) => ((need.value(key) ?? []).length === 0) === lacks;
}
