import { toText } from '../../shared/kernel/index.ts';
import type { LoadedConfiguration } from '../aws/configuration.ts';
import { type Reply, reply } from '../edge/reply.ts';

/** A configuration as the API shows it, its version also as ETag. */
export function toAnswer({ version, updatedAt, updatedBy, body }: LoadedConfiguration): Reply {
  const answer = {
    version,
    ...(updatedAt !== undefined && { updatedAt: toText(updatedAt) }),
    ...(updatedBy !== undefined && { updatedBy }),
    configuration: body,
  };
  return reply(200, answer, { etag: `"${version}"` });
}
