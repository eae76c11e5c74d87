import { type Duration, type Instant, SECOND } from './time.ts';

/**
 * The header `Retry-After` in milliseconds from now, never negative: seconds, or a date (RFC 9110, 10.2.3); undefined when it is
 * neither.
 */
export function retryAfter(value: string | undefined, now: Instant): Duration | undefined {
  const said = value?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,9})?$/.test(said)) return Math.ceil(Number(said) * SECOND);
  if (!httpDate.test(said)) return undefined;
  const at = Date.parse(said.endsWith(' GMT') ? said : `${said} GMT`);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** A date as servers write it; the two old forms have a long name of the day, or no zone. */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w :-]{10,30}$/;
