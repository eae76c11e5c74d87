import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HmacVerification, SIGNED_WITHIN, type Verification } from '../../shared/alerts/index.ts';
import { Refusal, SECOND } from '../../shared/kernel/index.ts';
import { textIn } from '../edge/body.ts';
import { parseBody } from './parse-body.ts';
import type { IntegrationDoor, Ports } from './ports.ts';
import { verifySns } from './verify-sns.ts';

/** What was sent, as far as signatures are over it. */
export interface Sent {
  readonly bytes: Buffer;
  /** Under lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Returns when a body is from whom it says; else `forbidden`, or `unavailable` when a secret by which it may be could not be read.
 * An integration without secrets trusts the key of its address.
 */
export async function verify(
  verification: Verification,
  door: IntegrationDoor,
  sent: Sent,
  ports: Pick<Ports, 'secretsOf' | 'visit' | 'now' | 'fault'>,
): Promise<void> {
  if (verification.scheme === 'sns') {
    const body = await parseBody(textIn(sent.bytes, sent.headers));
    return verifySns(body, door.options?.topics, ports);
  }
  if (verification.scheme !== 'hmac') return;
  const { known, lacking } = await ports.secretsOf(door);
  if (known.length === 0 && !lacking) return;
  const header = sent.headers[verification.header];
  if (header === undefined && (door.unsignedUntil ?? 0) > ports.now()) return;
  const signatures = signaturesIn(header, verification);
  if (signatures.length === 0) throw unsigned(verification);
  const message = messageOf(sent, verification, ports.now());
  const right = known.map((secret) => createHmac('sha256', secret).update(message).digest());
  // Every pair is compared, so that the time says nothing of which secret or signature it was.
  const matches = signatures.flatMap((one) => right.map((other) => timingSafeEqual(one, other)));
  if (matches.includes(true)) return;
  if (lacking) {
    throw new Refusal(
      'unavailable',
      'The secret of this integration cannot be read just now, so the signature cannot be checked. Send it again in a few seconds.',
    );
  }
  throw new Refusal(
    'forbidden',
    `The signature in ${verification.header} does not fit this body. Set the same secret in the source and in this integration.`,
  );
}

/** No source sends more; whoever does is guessing. */
const MOST = 10;

/** The signatures of a header that have the form of one. */
function signaturesIn(
  header: string | undefined,
  { prefix = '', several }: HmacVerification,
): readonly Buffer[] {
  if (header === undefined || header.length > 2_000) return [];
  const each = several ? header.split(',', MOST) : [header];
  return each
    .map((text) => text.trim())
    .filter((text) => text.startsWith(prefix) && /^[0-9a-f]{64}$/i.test(text.slice(prefix.length)))
    .map((text) => Buffer.from(text.slice(prefix.length), 'hex'));
}

/** The bytes that were signed: the body, after its time where one is signed. */
function messageOf({ bytes, headers }: Sent, { timeHeader }: HmacVerification, now: number): Buffer {
  const time = timeHeader === undefined ? undefined : headers[timeHeader];
  if (time === undefined) return bytes;
  const seconds = /^\d{1,12}$/.test(time) ? Number(time) : Number.NaN;
  if (!(Math.abs(now / SECOND - seconds) <= SIGNED_WITHIN)) {
    throw new Refusal(
      'forbidden',
      `The time in ${timeHeader} is not within ${SIGNED_WITHIN / 60} minutes of ours: an old delivery sent again, or a clock that is wrong.`,
    );
  }
  return Buffer.concat([Buffer.from(`${time}:`), bytes]);
}

function unsigned({ header, prefix = '' }: HmacVerification): Refusal {
  return new Refusal(
    'forbidden',
    `This integration has a secret, so the header ${header} must hold ${prefix === '' ? '' : `'${prefix}' and `}64 hex digits.`,
  );
}
