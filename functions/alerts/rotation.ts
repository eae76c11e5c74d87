import { sources } from '../../shared/alerts/index.ts';
import { type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
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

/** A new key; a second rotation meanwhile is refused, since it would end the key that is still in use. */
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
  const { oldDoor: _, ...rest } = before;
  const old = until > now ? { oldDoor: { hash: before.door, until } } : {};
  const after: IntegrationRow = { ...rest, ...old, door: sha256(key) };
  if (!(await writeIntegration(org, before, after))) throw changedMeanwhile();
  return { after, key };
}

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
  const { secrets = [], unsignedUntil: _, ...rest } = before;
  const present = secrets.find((one) => one.until === undefined);
  const old = until > now && present ? [{ version: present.version, until }] : [];
  const after: IntegrationRow = {
    ...rest,
    secrets: [{ version: place.version }, ...old],
    // Before the first one, what was taken had no signature.
    ...(until > now && !present && { unsignedUntil: until }),
  };
  if (!(await writeIntegration(org, before, after))) {
    await removeSigningSecret(place);
    throw changedMeanwhile();
  }
  const over = secrets.filter(({ version }) => !old.some((one) => one.version === version));
  await allDone(over.map(({ version }) => removeSigningSecret({ ...place, version })));
  return { after, shown };
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
