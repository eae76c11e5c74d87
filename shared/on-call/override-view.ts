import { toText } from '../kernel/index.ts';
import type { Duty } from './duty.ts';
import { namedIn } from './on-call-of.ts';
import type { Override } from './override.ts';

/** An override as the API shows it. */
export function viewOverride(override: Override, duty: Duty) {
  const { id, person, instead, from, to, createdAt, createdBy } = override;
  return {
    id,
    person: namedIn(person, duty),
    ...(instead !== undefined && { instead: namedIn(instead, duty) }),
    from: toText(from),
    to: toText(to),
    createdAt: toText(createdAt),
    createdBy,
  };
}
