import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceNames, sources } from '../../../shared/alerts/index.ts';
import { isRecord } from '../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../support/alert-fixture.ts';
import { leastTimeOf } from '../../support/least-time.ts';

const receipt = { receipt: 'req-1', receivedAt, integration };

/** Texts in which a pattern that looks ahead of where it stands has far to go, from each place anew. */
const hostile = (units: number): readonly string[] => {
  const of = (part: string) => part.repeat(Math.ceil(units / part.length));
  return [
    ...[' ', '\n', '\t \n', ' \n', '\u00a0', '[', ']', '(', '{', '<', '&', '*', '-', ':', '.', '/', '!['].map(
      of,
    ),
    ...[
      '![](',
      '[![',
      '<style>',
      '<br ',
      '&amp',
      'a',
      'aB',
      'a ',
      '1',
      '1.',
      ', ',
      '[a]',
      '(a',
      '{{',
      '%',
      '=',
    ].map(of),
    ...[
      '\u0301\u0316',
      '\ud83d\udc69\u200d',
      'https://',
      'https://a.b/monitors/',
      'line\n',
      '/a',
      'deploy_',
    ].map(of),
  ];
};
const texts = hostile(60_000);

type Place = readonly (string | number)[];

/** Where the texts of a body are; the first of each list stands for the others. */
function placesIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === 'string') return [place];
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((each) => placesIn(each, [...place, 0]));
  return isRecord(value)
    ? Object.entries(value).flatMap(([name, each]) => placesIn(each, [...place, name]))
    : [];
}

/** The body with something else in one place. */
function withText(value: unknown, [at, ...rest]: Place, change: (text: string) => string): unknown {
  if (at === undefined) return change(String(value));
  if (Array.isArray(value)) return value.map((each, n) => (n === at ? withText(each, rest, change) : each));
  return isRecord(value) ? { ...value, [at]: withText(value[at], rest, change) } : value;
}

/** The bodies of a source, each place of theirs once. */
function bodiesOf(source: string): readonly { readonly body: unknown; readonly place: Place }[] {
  const folder = new URL(`../../support/fixtures/alerts/${source}/`, import.meta.url);
  const seen = new Set<string>();
  return readdirSync(folder).flatMap((file) => {
    const body = fixture(`${source}/${file.replace(/\.json$/, '')}`);
    const places = placesIn(body).filter((place) => !seen.has(place.join('/')));
    for (const place of places) seen.add(place.join('/'));
    return places.map((place) => ({ body, place }));
  });
}

describe('[F11] a text of 60,000 units that is', () => {
  it.each(sourceNames)(
    'anywhere in a body of %s is read in less than 100 ms',
    { timeout: 60_000 },
    (source) => {
      const slow: string[] = [];
      for (const { body, place } of bodiesOf(source)) {
        for (const text of texts) {
          // Behind what was there, that it is still read as what it is, and before something that ends the run.
          const long = withText(body, place, (was) => `${was}${text}!`);
          const time = leastTimeOf(() => sources[source].translate(long, receipt), 100);
          if (time > 100)
            slow.push(`${place.join('/')} with ${JSON.stringify(text.slice(0, 8))}: ${time} ms`);
        }
      }
      expect(slow).toEqual([]);
    },
  );
});
