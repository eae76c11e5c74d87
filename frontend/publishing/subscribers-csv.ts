import type { Subscriber } from './use-subscribers.ts';

/** Subscribers as a table by RFC 4180. Addresses are of strangers: none may begin a formula in the reader's program. */
export function csvOf(subscribers: readonly Subscriber[]): string {
  const rows = subscribers.map(({ email, state, askedAt }) => [email, state, askedAt]);
  return [['email', 'state', 'askedAt'], ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
