import type { Channel } from '../incidents/index.ts';
import { HOUR, type Instant, lasting, Refusal, toText } from '../kernel/index.ts';

/** What somebody may still do to try their own channels, and which number of theirs is confirmed. Numbers and codes are digests. */
export interface TestLimits {
  readonly version: number;
  /** The hour that `count` is of, in whole hours since the epoch. */
  readonly hour: number;
  readonly count: number;
  /** The number whose owner gave the code that it was sent. */
  readonly confirmed?: string;
  /** The last code that was sent, and to which number. */
  readonly code?: {
    readonly number: string;
    readonly digest: string;
    readonly at: Instant;
    readonly tries: number;
  };
}

/** Test notifications that somebody may have sent to themselves in one hour, by all channels together. */
export const TESTS_AN_HOUR = 5;
/** How often a code may be tried. */
export const CODE_TRIES = 5;

/** A test that somebody asks for; `code` is what a number that is not confirmed would be sent. */
export interface TestAsked {
  readonly channel: Channel;
  /** The digest of the address. */
  readonly address: string;
  /** The digest of a new code. */
  readonly code: string;
}

/** How many tests are left in this hour. */
export function testsLeft(limits: TestLimits | undefined, now: Instant): number {
  return TESTS_AN_HOUR - (limits?.hour === hourOf(now) ? limits.count : 0);
}

/** Whether a test may be sent by this channel as it is, or a text message has to carry a code first. */
export function isConfirmed(
  limits: TestLimits | undefined,
  { channel, address }: Pick<TestAsked, 'channel' | 'address'>,
): boolean {
  return channel !== 'sms' || limits?.confirmed === address;
}

/**
 * Counts a test, and whether it carries a code. Refuses the sixth in an hour, and a second text message within an hour to a number
 * that nobody has confirmed: text messages cost money, and the number may be anybody's.
 */
export function askTest(
  limits: TestLimits | undefined,
  asked: TestAsked,
  now: Instant,
): { readonly limits: TestLimits; readonly withCode: boolean } {
  const left = testsLeft(limits, now);
  const next = (hourOf(now) + 1) * HOUR;
  if (left <= 0)
    throw new Refusal(
      'limit',
      `You have sent yourself ${TESTS_AN_HOUR} test notifications in this hour; the next can be sent at ${toText(next)}.`,
    );
  const withCode = !isConfirmed(limits, asked);
  const known = limits?.code;
  if (withCode && known?.number === asked.address && now < known.at + HOUR)
    throw new Refusal(
      'precondition',
      `This number was never confirmed. Give the code that it was sent by POST /api/on-call/test-notification/confirm; another can be sent in ${lasting(known.at + HOUR - now)}.`,
      'body.channel',
    );
  const code = withCode ? { number: asked.address, digest: asked.code, at: now, tries: 0 } : known;
  return {
    withCode,
    limits: {
      version: (limits?.version ?? 0) + 1,
      ...{ hour: hourOf(now), count: TESTS_AN_HOUR - left + 1 },
      ...(limits?.confirmed !== undefined && { confirmed: limits.confirmed }),
      ...(code && { code }),
    },
  };
}

/** What a code that somebody gives changes: the number is confirmed, or one try is used up. Refuses when there is nothing to confirm. */
export function giveCode(
  limits: TestLimits | undefined,
  given: { readonly number: string; readonly code: string },
  now: Instant,
): TestLimits {
  const code = limits?.code;
  if (!limits || code?.number !== given.number || now >= code.at + HOUR || code.tries >= CODE_TRIES)
    throw new Refusal(
      'precondition',
      'There is no code to confirm this number with, or it is over an hour old, or was tried too often. Send a test notification by sms to get one.',
    );
  const { code: _, ...others } = limits;
  const version = limits.version + 1;
  if (code.digest === given.code) return { ...others, version, confirmed: given.number };
  return { ...limits, version, code: { ...code, tries: code.tries + 1 } };
}

const hourOf = (now: Instant): number => Math.floor(now / HOUR);
