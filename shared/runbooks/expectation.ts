import { occurs } from '../kernel/index.ts';
import type { Expectation } from './runbook.ts';

/** The most that is read of the answer to an `http:` step, in bytes. */
export const MOST_ANSWERED = 256 * 1024;

/** What is judged of an answer; of one that is longer than `MOST_ANSWERED` only its beginning was read. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly isCut?: boolean;
}

/** How an answer differs from what a step expects; undefined when it does not. Without an expectation 200 to 299 is good. */
export function expectationFault(
  { status: wanted, contains, matches }: Expectation,
  { status, body, isCut = false }: Answered,
): string | undefined {
  const allowed = wanted === undefined ? undefined : [wanted].flat();
  const isGood = allowed === undefined ? status >= 200 && status < 300 : allowed.includes(status);
  if (!isGood) return `it answered ${status}, not ${allowed?.join(' or ') ?? '200 to 299'}`;
  const what = isCut ? `the first ${KB} of the answer` : 'the answer';
  const not = isCut ? 'do not' : 'does not';
  if (contains !== undefined && !body.includes(contains)) return `${what} ${not} contain '${contains}'`;
  if (matches !== undefined && !occurs(matches, body)) return `${what} ${not} match '${matches}'`;
  return undefined;
}

/** What is kept of an answer as the output of its step; the first line says when there was more. */
export function answerText({ status, body, isCut = false }: Answered): string {
  const text = body.trim() === '' ? `HTTP ${status}` : body;
  return isCut ? `(The answer is longer than ${KB}; the rest was not read.)\n${text}` : text;
}

const KB = `${MOST_ANSWERED / 1024} KB`;
