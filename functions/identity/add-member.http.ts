import { identityApi } from '../../shared/identity/api.ts';
import { idOf, Refusal } from '../../shared/kernel/index.ts';
import { subjectOfMail, whoHash } from '../aws/doors.ts';
import { listMembers, putMember } from '../aws/organisations.ts';
import { setting } from '../aws/settings.ts';
import { reach } from '../edge/reach.ts';
import { verb } from '../edge/verb.ts';

/** Makes a person a member by address; who they are to the issuer is learned when they sign in. */
export const addMember = verb({
  api: identityApi['add-member'],
  run: async ({ ctx, body: { email, name, role }, attempt }) => {
    const person = idOf('person', attempt.at, attempt.seed);
    const members = await listMembers(ctx.org);
    const known = members.find((member) => member.email?.toLowerCase() === email.toLowerCase());
    const member = { person, name, email, role, door: whoHash(setting('issuer'), subjectOfMail(email)) };
    // A repetition of a request whose answer was lost finds what it made itself.
    if (known?.person !== person && (known || !(await putMember(ctx.org, member)))) {
      throw new Refusal(
        'conflict',
        `${email} is a member already; remove them first to change the role.`,
        'body.email',
      );
    }
    const mail = await reach([email]);
    return { person, name, email, role, ...(mail.length > 0 && { mail: [...mail] }) };
  },
});
