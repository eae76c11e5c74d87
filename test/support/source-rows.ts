import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  type Signal,
  type Source,
  sources,
  type Translated,
} from '../../shared/alerts/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from './alert-fixture.ts';

/** State, identity, title, severity, service, time and flags of one signal. */
export type Row = readonly [
  state: string,
  identity: readonly string[],
  title: string | undefined,
  severity: string | undefined,
  service: string | undefined,
  at: string,
  flags?: string,
];

/** When recorded bodies are received: the time of what names none. */
export const received = toText(receivedAt);

/** What a source makes of a recorded body; throws when it is refused. */
export function translated(source: Source, name: string, headers: Record<string, string> = {}): Translated {
  const receipt = { receipt: 'req-1', receivedAt, integration, headers };
  const translation = sources[source].translate(fixture(`${source}/${name}`), receipt);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

const rowOf = (signal: Signal, identity: readonly string[]): Row => [
  signal.state,
  signal.fingerprint === fingerprintOf(integration, ...identity) ? identity : ['another fingerprint'],
  signal.title,
  signal.severity,
  signal.service,
  toText(signal.at),
  signal.flags.join(),
];

/** What is expected of the recorded bodies of a source, by name; `headers` are those of one body. */
export interface Expected {
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly headers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Bodies that tests of their own speak of: they are refused, or say something else than alerts. */
  readonly apart?: readonly string[];
}

/** Tests that each recorded body of a source gives what is expected, and that none is forgotten. */
export function describeBodies(source: Source, { rows, headers = {}, apart = [] }: Expected): void {
  describe(`the recorded bodies of ${source}`, () => {
    it.each(Object.entries(rows))('%s', (name, expected) => {
      const { signals } = translated(source, name, headers[name]);
      expect(signals.map((signal, place) => rowOf(signal, expected[place]?.[1] ?? []))).toEqual(
        expected.map((row) => (row.length === 7 ? row : [...row, ''])),
      );
    });

    it('are all expected to give something', () => {
      const folder = new URL(`fixtures/alerts/${source}/`, import.meta.url);
      const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
      expect([...Object.keys(rows), ...apart].sort()).toEqual(names.sort());
    });
  });
}
