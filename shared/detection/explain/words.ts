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

/** A value in quotes; nothing for what is missing. */
export const valueWords = (value: string): string => (value === '' ? 'nothing' : `"${value}"`);
