import { differenceWords } from '../../shared/configuration/index.ts';
import type { MailNotice } from '../../shared/identity/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import type { LoadedConfiguration } from '../aws/configuration.ts';
import { type Reply, reply } from '../edge/reply.ts';

/** What putting a configuration in force answers: what differs from the one before, and the whole unless the caller wants no more. */
export function toReplaced(
  before: LoadedConfiguration,
  after: LoadedConfiguration,
  headers: Readonly<Record<string, string>>,
  { mail, warnings }: { readonly mail: readonly MailNotice[]; readonly warnings: readonly string[] },
): Reply {
  const { configuration, ...short } = shown(after, mail);
  const isShort = /\breturn=minimal\b/.test(headers.prefer ?? '');
  return reply(
    200,
    {
      words: differenceWords(before.body, after.body, warnings),
      ...short,
      ...(warnings.length > 0 && { warnings }),
      ...(!isShort && { configuration }),
    },
    { etag: `"${after.version}"` },
  );
}

/** A configuration as the API shows it, its version also as ETag. */
export const toAnswer = (loaded: LoadedConfiguration): Reply =>
  reply(200, shown(loaded, []), { etag: `"${loaded.version}"` });

function shown(
  { version, updatedAt, updatedBy, body, leftOut }: LoadedConfiguration,
  mail: readonly MailNotice[],
) {
  // A policy without levels stands for one that is left out.
  const policies = body.policies.filter(({ levels }) => levels.length > 0);
  return {
    version,
    ...(updatedAt !== undefined && { updatedAt: toText(updatedAt) }),
    ...(updatedBy !== undefined && { updatedBy }),
    configuration: { ...body, policies },
    ...(leftOut.length > 0 && { leftOut }),
    ...(mail.length > 0 && { mail }),
  };
}
