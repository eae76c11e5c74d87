import type { JsonRecord } from '../kernel/index.ts';

/** A value as text, if it is a text that is not blank, a number or a truth value. */
export function textOf(value: unknown): string | undefined {
  // Only the beginning is looked at: one long blank may stand in front of thousands of alerts.
  if (typeof value === 'string') return value.slice(0, 1_000).trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The first of these fields that has a text. Only own fields count, so `constructor` names nothing. */
export function firstText(record: JsonRecord, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = Object.hasOwn(record, name) ? textOf(record[name]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The first of these fields that is there and not null. */
export function firstValue(record: JsonRecord, names: readonly string[]): unknown {
  for (const name of names) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

const SECRET = /(^|[_-])(key|token|secret|password|passwd|authorization|credentials?)$/i;

/** Whether a field's name says that its value is a secret, which is not to be repeated where alerts are shown and mailed. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name.slice(-64).replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'));
}

/** The first few hundred fields of an object whose names do not say that they are secret. */
export function openFields(record: JsonRecord): JsonRecord {
  const names = Object.keys(record).slice(0, 400);
  return Object.fromEntries(names.filter((name) => !isSecretName(name)).map((name) => [name, record[name]]));
}

/** The beginning of a JSON value as a person would read it; stops at `max` units, however large the value is. */
export function outline(value: unknown, max: number, levels = 6): string {
  if (typeof value === 'string') return value.slice(0, max);
  if (typeof value !== 'object' || value === null) return String(value);
  if (levels === 0) return '…';
  let text = '';
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(fields)) {
    if (text.length >= max) break;
    if (isSecretName(name)) continue;
    const each = fields[name];
    const inner = outline(each, max - text.length, levels - 1);
    const shown = typeof each === 'object' && each !== null ? `(${inner})` : inner;
    text += `${text === '' ? '' : ', '}${Array.isArray(value) ? '' : `${name.slice(0, max)}: `}${shown}`;
  }
  return text.slice(0, max);
}
