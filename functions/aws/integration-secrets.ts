import type { IntegrationId, OrganisationId } from '../../shared/kernel/index.ts';
import { putSecretParameter, removeSecretParameter } from './parameters.ts';
import { setting } from './settings.ts';
import { versionedSecret } from './versioned-secret.ts';

/** Of which integration a secret is, and which of its secrets: each has a name of its own, so two rotations cannot mix theirs up. */
export interface SecretPlace {
  readonly org: OrganisationId;
  readonly integration: IntegrationId;
  readonly version: string;
}

const nameOf = ({ org, integration, version }: SecretPlace): string =>
  `${setting('integrationParameters')}/${org}/${integration}/${version}`;

/** Keeps a signing secret; it counts once a door names its version. */
export const putSigningSecret = (place: SecretPlace, secret: string): Promise<void> =>
  putSecretParameter(nameOf(place), secret);

/** Removes a signing secret that no door names any more. */
export const removeSigningSecret = (place: SecretPlace): Promise<void> =>
  removeSecretParameter(nameOf(place));

/** A signing secret; undefined when it is gone. Asked for once a minute at most, the last one outlives throttling. */
export const readSigningSecret = (place: SecretPlace): Promise<string | undefined> =>
  versionedSecret(nameOf(place), place.version);
