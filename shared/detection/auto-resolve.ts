import { type Instant, SECOND } from '../kernel/index.ts';
import { type AlertHead, withEnd } from './alert-head.ts';
import { matchRule, type Received } from './match.ts';
import { endsBy } from './occurrence.ts';
import type { Rule } from './rule.ts';

const ending = new WeakMap<readonly Rule[], boolean>();

/** Whether some rule ends its alerts: else none has to be matched before it is heard. */
function endsAny(rules: readonly Rule[]): boolean {
  const known = ending.get(rules) ?? rules.some(({ actions }) => actions.autoResolve !== undefined);
  ending.set(rules, known);
  return known;
}

/** A firing with the end that its rule gives it when it is not told again; one whose source names an end keeps that. */
export function withOwnEnd(rules: readonly Rule[], received: Received): Received {
  const { signal, from } = received;
  if (signal.state !== 'firing' || signal.until !== undefined || !endsAny(rules)) return received;
  const { autoResolve } = matchRule(rules, received).rule.actions;
  if (autoResolve === undefined) return received;
  const until = Math.max(signal.at, from.receivedAt) + autoResolve * SECOND;
  return { ...received, signal: { ...signal, until } };
}

/** The head of an alert whose firings go free, or elsewhere, at an instant: one that was to go on for ever ends as its rule of now says. */
export const endingAgain = (
  before: AlertHead,
  again: readonly Received[],
  rules: readonly Rule[],
  now: Instant,
): AlertHead =>
  again.reduce((head, { signal, from }) => {
    if (endsBy(head) !== undefined) return head;
    const { until } = withOwnEnd(rules, { signal, from: { ...from, receivedAt: now } }).signal;
    return until === undefined ? head : withEnd(head, signal.at, until);
  }, before);
