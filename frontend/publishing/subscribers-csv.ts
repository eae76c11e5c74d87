import { csvOf as tableOf } from '../../shared/kernel/csv.ts';
import type { Subscriber } from './use-subscribers.ts';

/** Subscribers as a table. */
export function csvOf(subscribers: readonly Subscriber[]): string {
  const rows = subscribers.map(({ email, state, askedAt }) => [email, state, askedAt]);
  return tableOf([['email', 'state', 'askedAt'], ...rows]);
}
