import { mayCreateOrganisation, type PersonCaller } from '../../shared/identity/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { whoHash } from '../aws/doors.ts';
import { putOrganisation } from '../aws/organisations.ts';
import { setting } from '../aws/settings.ts';
import { log } from '../edge/log.ts';
import { reach } from '../edge/reach.ts';

/**
 * Makes the organisation of the stack's settings with the administrator of the settings in it; false for anybody else. It has one
 * id whoever asks and whenever, so two tabs make one, and an administrator who was removed from it does not get another.
 */
export async function foundOrganisation(caller: PersonCaller): Promise<boolean> {
  if (!mayCreateOrganisation(caller, setting('administrator'))) return false;
  const { issuer, subject, name, email } = caller;
  const org = idOf('organisation', 0, 'the first of', issuer);
  const now = clock.now();
  const person = idOf('person', now, issuer, subject);
  const first = { door: whoHash(issuer, subject), person, name, role: 'administrator' as const };
  const made = await putOrganisation({
    org,
    name: setting('organisation'),
    createdAt: now,
    first: { ...first, ...(email !== undefined && { email }) },
  });
  if (!made) return true;
  log.info('the first sign-in made the organisation', { org });
  // In the SES sandbox the first page would be refused.
  if (email !== undefined) await reach([email]);
  return true;
}
