import { digest, type IntegrationId } from '../kernel/index.ts';
import { isRecord } from './reading.ts';

/**
 * The name of an alert for its whole life, 64 hex digits. `identity` begins with the kind of what follows (`key`, `labels`, …),
 * so that two kinds never meet; each part is length-prefixed, so that no two lists of parts do either.
 */
export function fingerprintOf(integration: IntegrationId, ...identity: readonly string[]): string {
  return digest('alert', integration, ...identity);
}

/** A digest of any JSON value that does not depend on the order of its keys; what lies deeper than 64 levels is ignored. */
export function digestOf(value: unknown): string {
  return digest(ordered(value, 64));
}

function ordered(value: unknown, levels: number): string {
  if (levels === 0) return '…';
  if (Array.isArray(value)) return `[${value.map((each) => ordered(each, levels - 1)).join(',')}]`;
  if (!isRecord(value)) return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? '');
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${ordered(value[name], levels - 1)}`).join(',')}}`;
}
