import { wildcard } from '../wildcard.ts';
import { type ConditionKey, conditionKeys, type Need } from './need.ts';

/** Whether what a statement asks of a call is so. */
export type Condition = (need: Need) => boolean;

type Test = (value: string, allowed: string) => boolean;

const equal: Test = (value, allowed) => value === allowed;
const like: Test = (value, allowed) => wildcard(allowed, value);

/** An operator that denies is true of a call without the key. */
const operators: Readonly<Record<string, { readonly test: Test; readonly denies: boolean }>> = {
  StringEquals: { test: equal, denies: false },
  StringLike: { test: like, denies: false },
  StringNotEquals: { test: equal, denies: true },
  StringNotLike: { test: like, denies: true },
};

/** Reads the `Condition` of a statement; throws on an operator or a key that the local runner does not evaluate. */
export function readCondition(condition: unknown): Condition | undefined {
  if (condition === undefined) return undefined;
  if (typeof condition !== 'object' || condition === null) throw new Error('its Condition is no object');
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys as Record<string, unknown>).map(([key, values]) => readTest(operator, key, values)),
  );
  return (need) => tests.every((test) => test(need));
}

function readTest(operator: string, key: string, values: unknown): Condition {
  if (operator === 'Null') return readNull(key, values);
  const [, set, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(\w+)$/.exec(operator) ?? [];
  const known = operators[name];
  if (known === undefined)
    throw new Error(`the local runner does not know the condition operator ${operator}`);
  if (!isKnown(key)) throw new Error(`the local runner does not know the condition key ${key}`);
  const allowed = (Array.isArray(values) ? values : [values]).map(String);
  const fits = (value: string) => allowed.some((one) => known.test(value, one)) !== known.denies;
  return (need) => {
    const found = need.value(key);
    // As in IAM: "for all values" is true of no value at all, "for any value" is not.
    if (set === 'ForAllValues') return (found ?? []).every(fits);
    if (set === 'ForAnyValue') return (found ?? []).some(fits);
    const [only] = found ?? [];
    return only === undefined ? known.denies : fits(only);
  };
}

/** Whether the call lacks the key: `true` asks that it does, `false` that it has it. */
function readNull(key: string, value: unknown): Condition {
  if (!isKnown(key)) throw new Error(`the local runner does not know the condition key ${key}`);
  if (!/^(true|false)$/.test(String(value)))
    throw new Error(`Null takes true or false, got ${String(value)}`);
  const lacks = String(value) === 'true';
  return (need) => ((need.value(key) ?? []).length === 0) === lacks;
}

const isKnown = (key: string): key is ConditionKey => (conditionKeys as readonly string[]).includes(key);
