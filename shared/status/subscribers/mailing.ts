import { type Duration, type Instant, SECOND } from '../../kernel/index.ts';
import { publicPage } from '../audience.ts';
import type { PageIncident, Update } from '../nouns.ts';
import { one, type PageState } from '../state.ts';

/** An update as everybody may see it, with its incident; undefined when it is not for all or was withdrawn, and so goes to nobody. */
export function updateForAll(
  state: PageState,
  id: string,
): { readonly incident: PageIncident; readonly update: Update } | undefined {
  const open = publicPage(state);
  const update = one(open, 'update', id);
  if (update === undefined || update.withdrawnAt !== undefined) return undefined;
  const incident = one(open, 'incident', update.incident);
  return incident && { incident, update };
}

/** What became of one mail to one subscriber: put before the provider is called, marked after. */
export interface MailGuard {
  readonly state: 'claimed' | 'sent' | 'failed' | 'refused';
  /** Grows by one with every change. */
  readonly version: number;
  /** How often somebody died, or got no answer, after claiming it: the provider may have taken it. */
  readonly unsure: number;
  /** While it is claimed: until when somebody may be at work. */
  readonly leaseUntil: Instant;
}

/** Longer than a worker can live after it claimed. */
export const MAIL_LEASE = 20 * SECOND;

/** Whether a mail can be sent now: `held` by somebody who may be at work, `finished` when there is nothing left to do. */
export type MailClaim =
  | { readonly outcome: 'claimed'; readonly guard: MailGuard }
  | { readonly outcome: 'held' }
  | { readonly outcome: 'finished' };

/** Takes a mail up. What may have been sent already is sent once more and no further time: better twice than never, never thrice. */
export function claimMail(before: MailGuard | undefined, now: Instant): MailClaim {
  if (before?.state === 'sent' || before?.state === 'refused') return { outcome: 'finished' };
  if (before?.state === 'claimed' && now < before.leaseUntil) return { outcome: 'held' };
  const unsure = (before?.unsure ?? 0) + (before?.state === 'claimed' ? 1 : 0);
  if (unsure > 1) return { outcome: 'finished' };
  const version = (before?.version ?? 0) + 1;
  return { outcome: 'claimed', guard: { state: 'claimed', version, unsure, leaseUntil: now + MAIL_LEASE } };
}

/** The guard after the provider was called; `unknown` when it is not known whether it took the mail. */
export function markMail(claimed: MailGuard, became: 'sent' | 'refused' | 'failed' | 'unknown'): MailGuard {
  const { version, unsure } = claimed;
  const isUnknown = became === 'unknown';
  return {
    ...claimed,
    state: isUnknown ? 'failed' : became,
    version: version + 1,
    unsure: unsure + (isUnknown ? 1 : 0),
  };
}

/** Subscribers that are listed at once. At the slowest rate, half a mail a second, they are 800 s: a queue delays 900. */
export const LISTED = 400;

/** Bulk takes half of what the account may send in a second; the other half is for pages. */
export const bulkRate = (accountRate: number): number => Math.max(0.5, accountRate / 2);

/** How long a worker waits from one mail to the next, so that so many workers together keep to a rate. */
export const bulkPause = (rate: number, workers: number): Duration => Math.ceil((workers * SECOND) / rate);

/** Some of the subscribers, and after how many seconds they are mailed. */
export interface Chunk<Name> {
  readonly to: readonly Name[];
  readonly delaySeconds: number;
}

/** Divides subscribers into what may be sent in a second, at most 50, each part delayed until its second; and when the last is over. */
export function chunksOf<Name>(
  names: readonly Name[],
  rate: number,
): { readonly chunks: readonly Chunk<Name>[]; readonly seconds: number } {
  const size = Math.min(50, Math.max(1, Math.floor(rate)));
  const chunks = Array.from({ length: Math.ceil(names.length / size) }, (_, i) => ({
    to: names.slice(i * size, (i + 1) * size),
    delaySeconds: Math.min(900, Math.ceil((i * size) / rate)),
  }));
  return { chunks, seconds: Math.min(900, Math.ceil(names.length / rate)) };
}
