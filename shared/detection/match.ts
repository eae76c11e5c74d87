import type { Rule } from './rule.ts';
import type { Received } from './rules/asked.ts';
import { ruleSetOf } from './rules/compile.ts';
import type { Match } from './rules/conclusion.ts';

export type { Received } from './rules/asked.ts';
export type { Match } from './rules/conclusion.ts';

/** Finds the rule for a firing alert; the default rule takes what nothing else matched, so there is always one. */
export const matchRule = (rules: readonly Rule[], firing: Received): Match => ruleSetOf(rules).match(firing);
