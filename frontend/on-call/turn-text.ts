import type { PolicyNow } from './use-on-call.ts';

type Turn = NonNullable<PolicyNow['now']>;

/** `Grace Hopper and Ada Lovelace`. */
export function namesText(people: Turn['people']): string {
  const names = people.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** Whom a page reaches, with the level; the administrators where no level reaches anybody. */
export function turnText({ level, people }: Turn): string {
  return level === 0 ? `the administrators, ${namesText(people)}` : `${namesText(people)} (level ${level})`;
}
