import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../frontend/incidents/matching.ts';

const incident = {
  name: 'INC-7',
  title: 'Disk of build-7 is full',
  service: 'builds',
  description: 'Logs fill it.',
};

describe('words that are looked for', () => {
  test.each([
    ['', true],
    ['inc-7', true],
    ['FULL disk', true],
    ['builds logs', true],
    ['disk empty', false],
    ['INC-77', false],
  ])('“%s” in an incident: %s', (text, found) => {
    expect(matches(incident, text)).toBe(found);
  });

  test('are found in any order and case, and what has no service or description has none of their words', () => {
    const words = `${incident.name} ${incident.title}`.split(' ');
    fc.assert(
      fc.property(fc.shuffledSubarray(words), (some) => {
        expect(matches({ name: incident.name, title: incident.title }, some.join('  ').toUpperCase())).toBe(
          true,
        );
      }),
    );
    expect(matches({ name: 'INC-7', title: 'Disk' }, 'undefined')).toBe(false);
  });
});
