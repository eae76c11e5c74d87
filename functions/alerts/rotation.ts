import { sources } from '../../shared/alerts/index.ts';
import { type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import type { SecretVersion } from '../aws/doors.ts';
import { putSigningSecret, removeSigningSecret } from '../aws/integration-secrets.ts';
import { newToken, sha256 } from '../aws/random.ts';
import { changedMeanwhile, writeIntegration } from './integration-change.ts';
import { type IntegrationRow, signingOf } from './integration-row.ts';
import { newKey, newSigningSecret } from './new-key.ts';

/** From when on there is a new one, and until when the one of before is taken, too. */
interface Overlap {
  readonly now: Instant;
  readonly until: Instant;
}

/**
 * A new key. While the one of before is still taken it goes on being taken, and the newest gives way: a second rotation mostly
 * follows on an answer that was lost, and senders have what was before both.
 */
export async function rotateKey(
  org: OrganisationId,
  before: IntegrationRow,
  given: string | undefined,
  { now, until }: Overlap,
): Promise<{ readonly after: IntegrationRow; readonly key: string }> {
  if (given !== undefined) {
    throw new Refusal(
      'invalid',
      'A key is made here; leave `secret` out, or ask for `what: "secret"`.',
      'body.secret',
    );
  }
  const key = newKey();
  const { oldDoor, ...rest } = before;
  const kept = inForce(oldDoor, now) ?? { hash: before.door, until };
  const old = until > now ? { oldDoor: { ...kept, until: Math.max(kept.until, until) } } : {};
  const after: IntegrationRow = { ...rest, ...old, door: sha256(key) };
  if (!(await writeIntegration(org, before, after))) throw changedMeanwhile();
  return { after, key };
}

/** What was replaced before, as long as it is still taken. */
const inForce = <Old extends { readonly until?: Instant }>(old: Old | undefined, now: Instant) =>
  old?.until !== undefined && old.until > now ? { ...old, until: old.until } : undefined;

/** A new signing secret: first it is kept under a name of its own, then it counts, then those that count no more are removed. */
export async function rotateSecret(
  org: OrganisationId,
  before: IntegrationRow,
  given: string | undefined,
  { now, until }: Overlap,
): Promise<{ readonly after: IntegrationRow; readonly shown: string | undefined }> {
  const { secret, shown } = newSecretOf(before, given);
  const place = { org, integration: before.id, version: newToken() };
  await putSigningSecret(place, secret);
  const { secrets = [], unsignedUntil, ...rest } = before;
  const old = until > now ? oldSecretOf(secrets, { now, until }) : [];
  // Before the first one, what was taken had no signature.
  const unsigned = secrets.length === 0 ? until : (unsignedUntil ?? now);
  const after: IntegrationRow = {
    ...rest,
    secrets: [{ version: place.version }, ...old],
    ...(until > now && unsigned > now && { unsignedUntil: unsigned }),
  };
  if (!(await writeIntegration(org, before, after))) {
    await removeSigningSecret(place);
    throw changedMeanwhile();
  }
  const over = secrets.filter(({ version }) => !old.some((one) => one.version === version));
  await allDone(over.map(({ version }) => removeSigningSecret({ ...place, version })));
  return { after, shown };
}

/** The secret that is taken beside the new one: as of keys, the oldest that is still taken. */
function oldSecretOf(secrets: readonly SecretVersion[], { now, until }: Overlap): readonly SecretVersion[] {
  const oldest = secrets.map((one) => inForce(one, now)).find((one) => one !== undefined);
  if (oldest) return [{ ...oldest, until: Math.max(oldest.until, until) }];
  return secrets.filter((one) => one.until === undefined).map(({ version }) => ({ version, until }));
}

/** What the source made up is pasted here; else we make it up, and it is shown once. */
function newSecretOf({ source }: IntegrationRow, given: string | undefined) {
  const { product } = sources[source];
  const signing = signingOf(source);
  if (signing === undefined) {
    throw new Refusal(
      'invalid',
      `${product} does not sign what it sends, so there is no secret; the key of its address is the proof. Ask for \`what: "key"\`.`,
      'body.what',
    );
  }
  if (signing.secretBy === 'source') {
    if (given !== undefined) return { secret: given, shown: undefined };
    throw new Refusal('invalid', `${product} makes its secret up: paste it as \`secret\`.`, 'body.secret');
  }
  if (given === undefined) {
    const secret = newSigningSecret();
    return { secret, shown: secret };
  }
  throw new Refusal(
    'invalid',
    `The secret is made up here for ${product}; leave \`secret\` out.`,
    'body.secret',
  );
}
