import type { MailNotice } from '../../shared/identity/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import type { LoadedConfiguration } from '../aws/configuration.ts';
import { type Reply, reply } from '../edge/reply.ts';

/** A configuration as the API shows it, its version also as ETag. */
export function toAnswer(
  { version, updatedAt, updatedBy, body, leftOut }: LoadedConfiguration,
  mail: readonly MailNotice[] = [],
): Reply {
  // A policy without levels stands for one that is left out.
  const policies = body.policies.filter(({ levels }) => levels.length > 0);
  const answer = {
    version,
    ...(updatedAt !== undefined && { updatedAt: toText(updatedAt) }),
    ...(updatedBy !== undefined && { updatedBy }),
    configuration: { ...body, policies },
    ...(leftOut.length > 0 && { leftOut }),
    ...(mail.length > 0 && { mail }),
  };
  return reply(200, answer, { etag: `"${version}"` });
}
