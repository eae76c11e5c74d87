import type { Instant } from '../../shared/kernel/index.ts';
import { logFault } from '../edge/errors.ts';
import type { IntegrationDoor, SigningSecrets } from './ports.ts';

const none: SigningSecrets = { known: [], lacking: false };

/** The secrets that count at this time. Where none was set nothing is asked; one that cannot be read is told, and lacks. */
export async function secretsOf(door: IntegrationDoor, now: Instant): Promise<SigningSecrets> {
  if (door.secrets === undefined) return none;
  const { org, id: integration } = door;
  // Most have no secret, and their functions need not know Parameter Store.
  const { readSigningSecret } = await import('../aws/integration-secrets.ts');
  const counting = door.secrets.filter(({ until }) => until === undefined || until > now);
  const read = await Promise.all(
    counting.map(({ version }) =>
      readSigningSecret({ org, integration, version }).catch((error: unknown) => {
        logFault(error, 'signing secret');
        return undefined;
      }),
    ),
  );
  const known = read.filter((secret) => secret !== undefined);
  return { known, lacking: known.length < read.length };
}
