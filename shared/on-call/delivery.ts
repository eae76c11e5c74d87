import type { Incident, Target } from '../incidents/index.ts';
import { type Duration, type Instant, SECOND } from '../kernel/index.ts';
import type { FailedOutcome } from './channels/outcome.ts';

/** What every delivery intent says: that one person is to be told by one channel about one step. */
interface Common extends Target {
  readonly generation: number;
  readonly step: number;
  /** Grows by one with every change. */
  readonly version: number;
  /** How often somebody has claimed it. */
  readonly attempts: number;
  /** A provider may have taken an earlier attempt without our knowing. */
  readonly possiblyAgain: boolean;
  /** When its provider was known to be down, and another channel was asked first. */
  readonly leftOutAt?: Instant;
}

export interface Planned extends Common {
  readonly state: 'planned';
}

/** Somebody is calling the provider now; after the lease they are taken for dead. */
export interface Claimed extends Common {
  readonly state: 'claimed';
  readonly leaseUntil: Instant;
}

export interface Sent extends Common {
  readonly state: 'sent';
  readonly sentAt: Instant;
  /** The provider's id of the message. */
  readonly providerId: string;
}

/** An attempt failed; the next delivery of the queue message tries again. */
export interface Failed extends Common {
  readonly state: 'failed';
  readonly failedAt: Instant;
  readonly reason: string;
  /** The provider said that it will not take it: whoever comes next is paged, and this one is tried again beside it. */
  readonly refused?: true;
  /** Until then the provider wants to be left alone. */
  readonly notBefore?: Instant;
}

export interface Dropped extends Common {
  readonly state: 'dropped';
  readonly droppedAt: Instant;
  readonly why: DropReason;
}

export type Delivery = Planned | Claimed | Sent | Failed | Dropped;
export type DropReason =
  | 'acknowledged'
  | 'resolved'
  | 'superseded'
  | 'deleted'
  | 'unreachable'
  /** A page of a later step goes to the same person by the same channel. */
  | 'outdated'
  /** Another channel took it meanwhile. */
  | 'reached-otherwise';

/** Longer than a worker can live after it claimed. */
export const LEASE = 20 * SECOND;

/** The intents of one step, to be put together with the fact that caused it. */
export function planDeliveries(
  generation: number,
  step: number,
  targets: readonly Target[],
): readonly Planned[] {
  return targets.map((target) => ({
    state: 'planned',
    generation,
    step,
    ...target,
    version: 1,
    attempts: 0,
    possiblyAgain: false,
  }));
}

/**
 * Whether a delivery can be taken up: `held` by somebody who may still be at work, or because the provider wants to be left alone;
 * `finished` when nothing is left to do.
 */
export type Claim =
  | { readonly outcome: 'claimed'; readonly delivery: Claimed }
  | { readonly outcome: 'held'; readonly until: Instant }
  | { readonly outcome: 'finished' };

/** Takes a delivery up. Who died after claiming may have called the provider, so the next page is marked "possibly again". */
export function claimDelivery(delivery: Delivery, now: Instant): Claim {
  if (delivery.state === 'sent' || delivery.state === 'dropped') return { outcome: 'finished' };
  const died = delivery.state === 'claimed';
  // Whoever held it may have had another clock.
  if (died && now < delivery.leaseUntil)
    return { outcome: 'held', until: Math.min(delivery.leaseUntil, now + LEASE) };
  if (delivery.state === 'failed' && now < (delivery.notBefore ?? now))
    return { outcome: 'held', until: delivery.notBefore ?? now };
  const claimed = {
    ...moved(delivery),
    state: 'claimed' as const,
    attempts: delivery.attempts + 1,
    possiblyAgain: delivery.possiblyAgain || died,
    leaseUntil: now + LEASE,
  };
  return { outcome: 'claimed', delivery: claimed };
}

/** Why nobody is to be told any more, judged on the incident as it is right before the provider is called. */
export function dropReason(incident: Incident | undefined, generation: number): DropReason | undefined {
  if (!incident || incident.deletedAt !== undefined) return 'deleted';
  if (incident.generation !== generation) return 'superseded';
  return incident.state === 'triggered' ? undefined : incident.state;
}

/** The provider has it. */
export function markSent(delivery: Claimed, providerId: string, now: Instant): Sent {
  return { ...moved(delivery), state: 'sent', sentAt: now, providerId };
}

/** The provider surely did not take it (`certain`), or it is not known whether it did. */
export function markFailed(
  delivery: Claimed,
  { reason, certain, wait }: Pick<FailedOutcome, 'reason' | 'certain' | 'wait'>,
  now: Instant,
): Failed {
  const common = moved(delivery);
  const possiblyAgain = common.possiblyAgain || !certain;
  const notBefore = wait === undefined ? {} : { notBefore: now + wait };
  return { ...common, state: 'failed', failedAt: now, reason, possiblyAgain, ...notBefore };
}

/** The provider will not take it as things are, and nothing was sent. */
export function markRefused(delivery: Claimed, reason: string, now: Instant): Failed {
  return { ...markFailed(delivery, { reason, certain: true }, now), refused: true };
}

/** While its provider is known to be down, the next channel has this long to take the page. */
const LEFT_OUT: Duration = 10 * SECOND;

/** Its provider is known to be down and was not asked, since there is another channel. */
export function markLeftOut(delivery: Claimed, now: Instant): Failed {
  const reason = 'its provider was known to be down and was not asked yet';
  return { ...markFailed(delivery, { reason, certain: true, wait: LEFT_OUT }, now), leftOutAt: now };
}

/**
 * Whether none of the pages of a step can arrive as things are: each is refused and so are those by the channels after it, or is
 * for somebody who is gone.
 */
export function reachedNobody(pages: readonly Delivery[]): boolean {
  return pages.every((page) => {
    if (page.state === 'dropped') return page.why === 'unreachable';
    if (page.state !== 'failed' || page.refused !== true) return false;
    const [next] = page.others ?? [];
    return next === undefined || pages.some((one) => one.person === page.person && one.channel === next);
  });
}

/** Whether another channel took a page of the same person and step, so that this one is not needed. */
export function reachedOtherwise(page: Target, pages: readonly Delivery[]): boolean {
  return pages.some(
    (one) => one.person === page.person && one.channel !== page.channel && one.state === 'sent',
  );
}

/** It is not to be told any more. */
export function markDropped(delivery: Claimed, why: DropReason, now: Instant): Dropped {
  return { ...moved(delivery), state: 'dropped', droppedAt: now, why };
}

/** The part that every state has, one version on. */
function moved(delivery: Delivery): Common {
  const { generation, step, person, channel, others, version, attempts, possiblyAgain } = delivery;
  const { leftOutAt } = delivery;
  const target = { person, channel, ...(others && { others }) };
  const known = { possiblyAgain, ...(leftOutAt !== undefined && { leftOutAt }) };
  return { generation, step, ...target, version: version + 1, attempts, ...known };
}
