import { bytesIn, clipped, isRecord, type JsonRecord, MASK, masked } from '../kernel/index.ts';
import { parseExactly } from './exact-json.ts';
import { isSecretName } from './reading.ts';

/** The most that is kept of a body, in bytes. */
export const BODY_KEPT = 64 * 1024;

/** Names that end like those of secrets, but name the alert. */
const identities: ReadonlySet<string> = new Set([
  ...['key', 'dedup_key', 'dedupKey', 'incident_key', 'incidentKey', 'alert_key', 'groupKey'],
]);

/** Levels that are looked into; what lies deeper is left out. */
const LEVELS = 64;

/** What stands where something was left out. */
const REST = '…';

/** A body as it is kept. */
export interface Redacted {
  readonly body: string;
  /** Whether it was longer than what is kept. */
  readonly cut: boolean;
}

/**
 * A body as it is kept for whoever looks at it: without the values of fields whose names say that they are secret, and without
 * these `secrets` wherever they stand, in small letters or capitals: in an address of mail both are the same.
 */
export function redacted(text: string, secrets: readonly string[]): Redacted {
  const plain = secrets.reduce((rest, secret) => rest.replace(anyCase(secret), MASK), text);
  return inJson(plain) ?? { body: masked(plain, BODY_KEPT), cut: bytesIn(plain) > BODY_KEPT };
}

const anyCase = (secret: string) => new RegExp(secret.replaceAll(/[^\w-]/g, String.raw`\$&`), 'gi');

/** The same JSON without secrets; undefined for what is none. */
function inJson(text: string): Redacted | undefined {
  const shown = new Shown();
  try {
    const safe = JSON.stringify(shown.of(parseExactly(text), LEVELS), undefined, 2);
    return { body: clipped(safe, BODY_KEPT), cut: shown.isOver || bytesIn(safe) > BODY_KEPT };
  } catch {
    return undefined;
  }
}

/** Opens a JSON value until as much was shown as is kept: a sender waits for it, however large its body is. */
class Shown {
  #left = BODY_KEPT;

  get isOver(): boolean {
    return this.#left <= 0;
  }

  of(value: unknown, levels: number): unknown {
    if (this.isOver || levels === 0) return REST;
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return isSecretPair(value) ? [value[0], MASK] : this.#list(value, levels);
    if (isRecord(value)) return this.#record(value, levels);
    this.#left -= 4;
    return value;
  }

  #text(value: string): string {
    this.#left -= value.length + 4;
    // Room for all of it: a buffer of 64 KB for each of thousands of words would cost more than looking.
    return masked(value, Math.min(BODY_KEPT, 3 * value.length + 64));
  }

  #list(values: readonly unknown[], levels: number): readonly unknown[] {
    const kept: unknown[] = [];
    for (const one of values) {
      kept.push(this.of(one, levels - 1));
      if (this.isOver) break;
    }
    return kept;
  }

  #record(record: JsonRecord, levels: number): object {
    const isNamed = [record.name, record.key].some(isHidden);
    const kept: [string, unknown][] = [];
    for (const [name, one] of Object.entries(record)) {
      this.#left -= name.length + 6;
      const isSecret = isHidden(name) || (isNamed && name === 'value');
      kept.push([name, isSecret ? MASK : this.of(one, levels - 1)]);
      if (this.isOver) break;
    }
    return Object.fromEntries(kept);
  }
}

/** A name and its value in a list, as tags are often written. */
const isSecretPair = (value: readonly unknown[]): boolean => value.length === 2 && isHidden(value[0]);

const isHidden = (name: unknown): boolean =>
  typeof name === 'string' && isSecretName(name) && !identities.has(name);
