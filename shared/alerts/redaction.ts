import { bytesIn, clipped, isRecord, MASK, masked } from '../kernel/index.ts';
import { isSecretName } from './reading.ts';

/** The most that is kept of a body, in bytes. */
export const BODY_KEPT = 64 * 1024;

/** Names that end like those of secrets, but name the alert. */
const identities: ReadonlySet<string> = new Set([
  ...['key', 'dedup_key', 'dedupKey', 'incident_key', 'incidentKey', 'alert_key', 'groupKey'],
]);

/** Levels that are looked into; what lies deeper is left out. */
const LEVELS = 64;

/**
 * A body as it is kept for whoever looks at it: without the values of fields whose names say that they are secret, and without
 * these `secrets` wherever they stand; `cut` where it was longer than what is kept.
 */
export function redacted(
  text: string,
  secrets: readonly string[],
): { readonly body: string; readonly cut: boolean } {
  const plain = secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  const safe = inJson(plain) ?? masked(plain, BODY_KEPT);
  return { body: clipped(safe, BODY_KEPT), cut: bytesIn(safe) > BODY_KEPT || plain.length > 2 * safe.length };
}

/** The same JSON without secrets; undefined for what is none. */
function inJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(opened(value, LEVELS), undefined, 2);
  } catch {
    return undefined;
  }
}

function opened(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return masked(value, BODY_KEPT);
  if (levels === 0) return '…';
  if (Array.isArray(value))
    return isSecretPair(value) ? [value[0], MASK] : value.map((one) => opened(one, levels - 1));
  if (!isRecord(value)) return value;
  const isNamed = [value.name, value.key].some(isHidden);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      isHidden(name) || (isNamed && name === 'value') ? MASK : opened(one, levels - 1),
    ]),
  );
}

/** A name and its value in a list, as tags are often written. */
const isSecretPair = (value: readonly unknown[]): boolean => value.length === 2 && isHidden(value[0]);

const isHidden = (name: unknown): boolean =>
  typeof name === 'string' && isSecretName(name) && !identities.has(name);
