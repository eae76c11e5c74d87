import type { Incident } from '../../shared/incidents/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';

/** The header that carries an incident's version. */
export const etag = ({ version }: Pick<Incident, 'version'>) => ({ etag: `"${version}"` });

/** The version that a caller expects, by If-Match or by the body; undefined when they take any. */
export function expectedVersion(ifMatch: string | undefined, said?: number): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return said;
  const match = /^(?:W\/)?"([1-9]\d{0,14})"$/.exec(ifMatch.trim());
  if (!match) {
    throw new Refusal(
      'invalid',
      'If-Match takes the ETag of the incident, such as "7", or *.',
      'header.if-match',
    );
  }
  const version = Number(match[1]);
  if (said === undefined || said === version) return version;
  throw new Refusal(
    'invalid',
    `If-Match says version ${version}, the body ${said}; send one.`,
    'body.version',
  );
}
