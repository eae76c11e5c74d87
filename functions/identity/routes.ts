import { router } from '../edge/router.ts';
import { addMember } from './add-member.http.ts';
import { createKey } from './create-key.http.ts';
import { createOrganisation } from './create-organisation.http.ts';
import { deleteKey } from './delete-key.http.ts';
import { getMe } from './get-me.http.ts';
import { listKeys } from './list-keys.http.ts';
import { getMembers } from './list-members.http.ts';
import { deleteMember } from './remove-member.http.ts';

/** The REST verbs of identity. */
export const handler = router('Identity', {
  'create-organisation': createOrganisation,
  'get-me': getMe,
  'list-members': getMembers,
  'add-member': addMember,
  'remove-member': deleteMember,
  'list-keys': listKeys,
  'create-key': createKey,
  'delete-key': deleteKey,
});
