import { digest, type IntegrationId } from '../kernel/index.ts';

/**
 * The name of an alert for its whole life, 64 hex digits. `identity` begins with the kind of what follows (`key`, `labels`, …),
 * so that two kinds never meet; each part is length-prefixed, so that no two lists of parts do either.
 */
export function fingerprintOf(integration: IntegrationId, ...identity: readonly string[]): string {
  return digest('alert', integration, ...identity);
}
