import { Refusal } from '../../shared/kernel/index.ts';
import { versionIn } from '../edge/if-match.ts';

/** The version that a change is made from; refused with `precondition` when the header does not say. */
export function changedFrom(headers: Readonly<Record<string, string>>): number {
  const from = versionIn(headers, { takesAny: false });
  if (from !== undefined) return from;
  throw new Refusal(
    'precondition',
    'Send If-Match with the version that the change was made from: the ETag of GET /api/config.',
    'header.if-match',
  );
}

/** Somebody else was faster. */
export const outdated = (from: number): Refusal =>
  new Refusal(
    'precondition',
    `Version ${from} is not the one in force; read the configuration again (its ETag is the version) and repeat the change.`,
    'header.if-match',
  );
