import { digest } from '../../kernel/index.ts';

/** Longer values of a label are told apart by their digest: a slot that counts them is bounded. */
const LONGEST = 40;
const DIGITS = 24;

/** A value of a label as the name of a member. */
export const memberName = (value: string): string =>
  /^[\w.-]{1,40}$/.test(value) && value.length <= LONGEST ? value : digest('member', value).slice(0, DIGITS);
