import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourceNames, sources, type Translated } from '../../../shared/alerts/index.ts';
import { halfIn } from '../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../support/alert-fixture.ts';

const folder = new URL('../../support/fixtures/alerts/', import.meta.url);
const recorded = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
);

/** The value with half of a character at one end of each text, and in the name of one more field beside each. */
function halved(value: unknown, how: (text: string) => string): unknown {
  if (typeof value === 'string') return how(value);
  if (Array.isArray(value)) return value.map((one) => halved(one, how));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => [
      [name, halved(one, how)],
      [`${name}\ud83d`, halved(one, how)],
    ]),
  );
}

/** What is stored of it: changes name themselves by a digest of their key. */
const kept = ({ signals, remarks, changes = [] }: Translated): unknown => [
  signals,
  remarks,
  changes.map(({ key: _, ...change }) => change),
];

it.each(sourceNames)(
  '[F12] half of a character in a body of %s is in nothing that is kept of it',
  (source) => {
    const bodies = recorded.filter((name) => name.startsWith(`${source}/`));
    for (const name of bodies)
      for (const how of [(text: string) => `${text}\ud83d`, (text: string) => text]) {
        const body = halved(fixture(name.replace('.json', '')), how);
        const said = sources[source].translate(body, { receipt: 'r', receivedAt, integration });
        if ('signals' in said) expect([name, halfIn(kept(said))]).toEqual([name, undefined]);
      }
  },
);
