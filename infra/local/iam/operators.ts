import { wildcard } from '../wildcard.ts';
import { arnLike, arnParts } from './arn-like.ts';

/** How an operator compares a value of a request with one that the policy names. */
export interface Operator {
  test(value: string, named: string): boolean;
  /** An operator that denies holds when no named value fits, and of a request without the key. */
  readonly denies: boolean;
  /** Why a policy cannot name this value; undefined when it can. */
  fault?(named: string): string | undefined;
}

const equal: Operator['test'] = (value, named) => value === named;
const like: Operator['test'] = (value, named) => wildcard(named, value);
const arn = {
  test: (value: string, named: string) => arnLike(named, value),
  fault: (named: string) => (arnParts(named) === undefined ? `${named} is no ARN of six parts` : undefined),
};

/** The operators that the local runner evaluates. `ArnEquals` is the same as `ArnLike`, as IAM's reference says. */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { test: equal, denies: false },
  StringLike: { test: like, denies: false },
  StringNotEquals: { test: equal, denies: true },
  StringNotLike: { test: like, denies: true },
  ArnEquals: { ...arn, denies: false },
  ArnLike: { ...arn, denies: false },
  ArnNotEquals: { ...arn, denies: true },
  ArnNotLike: { ...arn, denies: true },
};
