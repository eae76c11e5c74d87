import type { Caller } from '../../shared/identity/index.ts';
import { type Ctx, digest, HOUR, type Instant, Refusal, SECOND } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from '../aws/clock.ts';
import { newToken, sha256 } from '../aws/random.ts';
import { table } from '../aws/table.ts';
import { Reply } from './reply.ts';
import type { Attempt } from './verb.ts';

/** How long an answer is remembered, and for how long a first try may still be running. */
const KEPT = 24 * HOUR;
const LEASE = 30 * SECOND;
const LARGEST_KEPT = 256 * 1024;

interface Row {
  readonly bodyHash: string;
  readonly startedAt: Instant;
  readonly leaseUntil: Instant;
  readonly expiresAt: Instant;
  /** When the store may delete it, in seconds. */
  readonly ttl: number;
  readonly answer?: {
    readonly status: number;
    readonly body?: string;
    readonly headers: Record<string, string>;
  };
  /** The request was carried out, but its answer was not kept: it held a secret or was too large. */
  readonly done?: boolean;
}

/** What makes two requests "the same": who calls, for which organisation, the route with its path, and the key they chose. */
export interface Repeatable {
  /** A member in their organisation; or a caller who may have none yet. */
  readonly by: Ctx | Caller;
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string;
  readonly body: string;
  readonly secret: boolean;
}

/** An attempt that nobody will repeat. */
export const freshAttempt = (): Attempt => ({ seed: newToken(), at: clock.now() });

/** Runs a request once per Idempotency-Key: the same key and body get the same answer, another body is a `mismatch`. */
export async function once(request: Repeatable, run: (attempt: Attempt) => Promise<Reply>): Promise<Reply> {
  const { by, method, path, idempotencyKey } = request;
  if (!/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw new Refusal(
      'invalid',
      'An Idempotency-Key has 1 to 255 visible ASCII characters.',
      'header.idempotency-key',
    );
  }
  const hash = digest(...nameOf(by), method, path, idempotencyKey);
  const key =
    'actor' in by ? schema.idempotency.key({ org: by.org, hash }) : schema.callerIdempotency.key({ hash });
  const bodyHash = sha256(request.body);
  const begun = await begin(key, bodyHash);
  if (begun instanceof Reply) return begun;
  const answer = await run({ seed: hash, at: begun.startedAt }).catch(async (error: unknown) => {
    await table.update(key, { set: { leaseUntil: 0 }, if: { bodyHash: { is: bodyHash } } });
    throw error;
  });
  await table.put({ ...key, ...begun, ...keptOf(answer, request.secret) });
  return answer;
}

function nameOf(by: Repeatable['by']): readonly [string, string] {
  if ('actor' in by) return [by.org, by.actor.id];
  return by.kind === 'person' ? [by.issuer, by.subject] : [by.org, by.id];
}

type RowKey = ReturnType<(typeof schema)['idempotency' | 'callerIdempotency']['key']>;

/** Claims the key for this try, or gives the answer that is already there. */
async function begin(key: RowKey, bodyHash: string): Promise<Row | Reply> {
  const now = clock.now();
  const expiresAt = now + KEPT;
  const ttl = Math.ceil(expiresAt / SECOND);
  const first = { bodyHash, startedAt: now, leaseUntil: now + LEASE, expiresAt, ttl };
  if (await table.putNew({ ...key, ...first })) return { ...first };
  const row = await table.get<Row>(key);
  if (row === undefined || row.expiresAt <= now) {
    // The store deletes late [F32]: what is too old is as if it were gone.
    const old = [{ expiresAt: { below: now } }, { expiresAt: { is: now } }, { pk: { exists: false } }];
    if (await table.put({ ...key, ...first }, { if: old })) return { ...first };
    throw stillRunning();
  }
  return known(key, row, bodyHash, now);
}

async function known(key: RowKey, row: Row, bodyHash: string, now: Instant) {
  if (row.bodyHash !== bodyHash) {
    throw new Refusal(
      'mismatch',
      'This Idempotency-Key was used with another body; use a new key for a new request.',
      'header.idempotency-key',
    );
  }
  if (row.answer !== undefined) return replayed(row.answer);
  if (row.done) {
    throw new Refusal('conflict', 'This request was carried out before; its answer is given only once.');
  }
  const free = { bodyHash: { is: bodyHash }, leaseUntil: { is: row.leaseUntil } };
  const again = { set: { leaseUntil: now + LEASE }, if: free };
  if (row.leaseUntil > now || (await table.update(key, again)) === undefined) throw stillRunning();
  return row;
}

const stillRunning = (): Refusal =>
  new Refusal('conflict', 'A request with this Idempotency-Key is still running; try again in some seconds.');

function replayed({ status, body, headers }: NonNullable<Row['answer']>): Reply {
  return new Reply(status, body === undefined ? undefined : JSON.parse(body), headers);
}

function keptOf({ status, body, headers }: Reply, secret: boolean) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  if (secret || (text ?? '').length > LARGEST_KEPT) return { done: true };
  return { answer: { status, ...(text !== undefined && { body: text }), headers } };
}
