import type { Rule } from './use-rules.ts';

/** What a rule has when it says nothing. */
const usual = {
  description: '',
  enabled: true,
  conditions: { threshold: 1, timeWindow: 300 },
  group: { by: ['service'], window: 1_200 },
  actions: { createIncident: true },
} as const;

/** A rule as somebody would write it: without what it has anyhow. It is read as the same rule. */
export function briefRule(rule: Rule): object {
  return without(rule, usual);
}

function without(said: object, usually: object): object {
  const kept = Object.entries(said).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const expected: unknown = Object.hasOwn(usually, name) ? Reflect.get(usually, name) : undefined;
    if (!isObject(value) || !isObject(expected))
      return JSON.stringify(value) === JSON.stringify(expected) ? [] : [[name, value]];
    const rest = without(value, expected);
    return Object.keys(rest).length === 0 ? [] : [[name, rest]];
  });
  return Object.fromEntries(kept);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
