import type { Configuration } from '../../shared/configuration/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';

/** What Lambda may answer in bytes, and what of that is for all but the configuration: headers, and whose mail is not confirmed. */
const [LONGEST_ANSWER, BESIDE] = [6_291_556, 256 * 1024];

/**
 * Refuses a configuration that could be stored and never be shown: with its defaults filled in, as a JSON text inside of another, it
 * may be twice as long as what was sent.
 */
export function refuseLarge(whole: Configuration): void {
  const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(whole)));
  const most = LONGEST_ANSWER - BESIDE;
  if (bytes <= most) return;
  throw new Refusal(
    'too_large',
    `As it would be answered the configuration has ${bytes} bytes; at most ${most} can be. ` +
      "Leave out rules (those under 'shadow' count, too), or shorten what they and the other parts describe.",
    'body',
  );
}
