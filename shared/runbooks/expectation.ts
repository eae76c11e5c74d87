import { occurs } from '../kernel/index.ts';
import type { Expectation } from './runbook.ts';

/** How an answer differs from what a step expects; undefined when it does not. Without an expectation 200 to 299 is good. */
export function expectationFault(
  { status: wanted, contains, matches }: Expectation,
  { status, body }: { readonly status: number; readonly body: string },
): string | undefined {
  const allowed = wanted === undefined ? undefined : [wanted].flat();
  const isGood = allowed === undefined ? status >= 200 && status < 300 : allowed.includes(status);
  if (!isGood) return `it answered ${status}, not ${allowed?.join(' or ') ?? '200 to 299'}`;
  if (contains !== undefined && !body.includes(contains)) return `the answer does not contain '${contains}'`;
  if (matches !== undefined && !occurs(matches, body)) return `the answer does not match '${matches}'`;
  return undefined;
}
