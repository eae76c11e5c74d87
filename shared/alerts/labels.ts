import { cut, isRecord, type JsonRecord, jsonDigest } from '../kernel/index.ts';
import { limits } from './limits.ts';
import { firstText, textOf } from './reading.ts';
import { composed, folded, line, paragraph } from './text.ts';

/** The labels of an alert as they are kept, and whether some were left out or shortened. */
export interface KeptLabels {
  readonly labels: Readonly<Record<string, string>>;
  readonly clipped: boolean;
}

/** Fields that are looked at; an object with more was not written to be read. */
const LOOKED_AT = 4 * limits.labels;

/** The flat fields of an object as labels: texts, numbers and truth values; nested values and blanks are no labels. */
export function readLabels(said: JsonRecord): KeptLabels {
  const kept: [string, string][] = [];
  let room: number = limits.labelText;
  const names = Object.keys(said);
  let clipped = names.length > LOOKED_AT;
  for (const rawName of names.slice(0, LOOKED_AT)) {
    const text = textOf(said[rawName]);
    if (text === undefined) continue;
    const name = line(rawName, limits.labelName);
    const value = paragraph(text, limits.labelValue);
    const size = name.text.length + value.text.length;
    // As a field, __proto__ would be an own name here and another object's prototype two copies later.
    const fits = kept.length < limits.labels && size <= room && rawName !== '__proto__' && name.text !== '';
    clipped ||= !fits || name.clipped || value.clipped;
    if (!fits) continue;
    kept.push([name.text, value.text]);
    room -= size;
  }
  return { labels: Object.fromEntries(kept), clipped };
}

/** Names and values in one order, for a fingerprint: composed form, without blanks; service names as people compare them. */
export function identityOfLabels(said: JsonRecord): readonly string[] {
  const names = Object.keys(said);
  if (names.length > LOOKED_AT) return ['all', jsonDigest(said)];
  const parts: string[] = [];
  for (const name of names.sort()) {
    const value = textOf(said[name]);
    if (value === undefined) continue;
    parts.push(composed(name), serviceNames.includes(name) ? folded(value) : composed(value));
  }
  return parts;
}

/** Where sources name the service, best first. A host is none: a storm over 500 hosts is one incident of one service. */
export const serviceNames: readonly string[] = [
  'service',
  'service_name',
  'app',
  'application',
  'app_kubernetes_io_name',
  'app.kubernetes.io/name',
  'component',
  'job',
];

/** The service that an object names under one of these names, in the form in which services are compared. */
export function serviceIn(said: JsonRecord, names: readonly string[] = serviceNames): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(said, name) ? said[name] : undefined;
    const text = isRecord(value) ? firstText(value, ['name', 'summary', 'id']) : textOf(value);
    const service = serviceNamed(text);
    if (service !== undefined) return service;
  }
  return undefined;
}

/** The form in which services are compared; absent for a blank. */
export function serviceNamed(text: string | undefined): string | undefined {
  const service = cut(folded(cut(text ?? '', limits.service)), limits.service).trim();
  return service === '' ? undefined : service;
}
