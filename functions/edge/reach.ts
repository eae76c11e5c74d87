import type { MailNotice } from '../../shared/identity/index.ts';
import { makeReachable } from '../aws/mail-recipients.ts';
import { log } from './log.ts';

/** Has these addresses confirmed where the mail provider wants that; what did not work is logged and told, never thrown. */
export const reach = (emails: readonly string[]): Promise<readonly MailNotice[]> =>
  makeReachable(emails, (what, error) => {
    log.warn(what, { error: error instanceof Error ? error.name : 'unknown' });
  });
