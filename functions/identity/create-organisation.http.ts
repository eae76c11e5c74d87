import { identityApi } from '../../shared/identity/api.ts';
import { mayCreateOrganisation, personOf } from '../../shared/identity/index.ts';
import { idOf, Refusal } from '../../shared/kernel/index.ts';
import { findWho, whoHash } from '../aws/doors.ts';
import { putOrganisation } from '../aws/organisations.ts';
import { setting } from '../aws/settings.ts';
import { callerVerb } from '../edge/verb.ts';

/** Makes an organisation. Only for the person whom the stack's settings name, who becomes its first administrator. */
export const createOrganisation = callerVerb({
  api: identityApi['create-organisation'],
  run: async ({ caller, body, attempt }) => {
    const { issuer, subject, name, email } = personOf(caller);
    if (!mayCreateOrganisation(caller, setting('administrator'))) {
      throw new Refusal(
        'forbidden',
        'Only the administrator named in the stack settings may make an organisation, with a verified e-mail address.',
      );
    }
    const [known] = await findWho(issuer, subject);
    const org = idOf('organisation', attempt.at, attempt.seed);
    const person = known?.person ?? idOf('person', attempt.at, issuer, subject);
    const door = whoHash(issuer, subject);
    const first = { door, person, name, role: 'administrator' as const, ...(email && { email }) };
    await putOrganisation({ org, name: body.name, createdAt: attempt.at, first });
    return { id: org, name: body.name };
  },
});
