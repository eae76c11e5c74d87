import type { Incident } from '../../shared/incidents/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { versionIn } from '../edge/if-match.ts';

/** The header that carries an incident's version. */
export const etag = ({ version }: Pick<Incident, 'version'>) => ({ etag: `"${version}"` });

/** The version that a caller expects, by If-Match or by the body; undefined when they take any. */
export function expectedVersion(
  headers: Readonly<Record<string, string>>,
  said?: number,
): number | undefined {
  const version = versionIn(headers);
  if (version === undefined || said === undefined || said === version) return version ?? said;
  throw new Refusal(
    'invalid',
    `If-Match says version ${version}, the body ${said}; send one.`,
    'body.version',
  );
}
