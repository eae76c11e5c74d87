import type { Holder } from '../../alerts/index.ts';
import { type Instant, lasting, utcText } from '../../kernel/index.ts';

/** `03:01:12 UTC on 2026-11-28`: a time in a sentence that is read on its own. */
export const timeWords = (at: Instant): string => `${utcText(at)} UTC`;

/** `12 alerts`, `1 alert`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `Rule 'Checkout'` as sentences name it. */
export const ruleWords = ({ id, name }: { readonly id: string; readonly name: string }): string =>
  id === 'default' ? 'the default rule' : `rule '${name}'`;

/** How long one time is after another, in words. */
export const apartWords = (from: Instant, to: Instant): string => lasting(Math.abs(to - from));

/** The first letter as a sentence begins. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** A reason at the end of a sentence: one that was cut ends with its own mark. */
export const ended = (text: string): string => (/[.…]$/.test(text) ? text : `${text}.`);

/** Until when something holds an alert back, and what else would end that. */
export function untilWords(until: Instant, holder: Holder | undefined): string {
  const isFirstEnd = holder?.kind === 'silence' && holder.untilResolved;
  return `until ${timeWords(until)}${isFirstEnd ? ', or until the alert is resolved' : ''}`;
}

/** What holds an alert back, once that is over. */
export const heldBefore = (why: string): string => why.replace(/ holds it back$/, ' held it back');

/** A value in quotes; nothing for what is missing. */
export const valueWords = (value: string): string => (value === '' ? 'nothing' : `"${value}"`);
