import { identityApi } from '../../shared/identity/api.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { disconnect } from '../aws/disconnect.ts';
import { listMembers, removeMember } from '../aws/organisations.ts';
import { verb } from '../edge/verb.ts';

/** Takes a person out. Nobody removes themselves, and only a person removes an administrator, so that one always stays. */
export const deleteMember = verb({
  api: identityApi['remove-member'],
  run: async ({ ctx: { org, actor }, params }) => {
    const members = await listMembers(org);
    const member = members.find(({ person }) => person === params.id);
    if (!member) {
      // An earlier try may have died between the two.
      await disconnect(org, params.id);
      throw new Refusal('not_found', 'There is no member with this id.', 'path.id');
    }
    const by = members.find(({ person }) => person === actor.id)?.person;
    if (by === member.person)
      throw new Refusal('conflict', 'Nobody can remove themselves; ask another administrator.');
    if (member.role === 'administrator' && by === undefined)
      throw new Refusal('forbidden', 'Only a person can remove an administrator, so that one always stays.');
    if (!(await removeMember(org, member, by)))
      throw new Refusal('conflict', 'The members changed at the same moment; look again.');
    await disconnect(org, member.person);
    return undefined;
  },
});
