import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../shared/kernel/index.ts';
import { defaultTemplate, generate } from '../../../shared/postmortems/index.ts';
import { timelineOf } from '../../../shared/timeline/index.ts';
import { minutes } from '../../support/given.ts';
import { alert, alerts, change, openedFact, said, sourcesOf, type Told } from '../timeline/log.ts';
import { given } from './given.ts';

/** Letters that take the most bytes of UTF-8. */
const wide = (letters: number, seed: number): string => `${seed} ${'障害が発生'.repeat(letters / 5)}`;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Three weeks of an incident that nobody answers, with an alert each quarter of an hour and long decisions in between. */
const threeWeeks: readonly Told[] = [
  [0, openedFact({ title: wide(240, 0) })],
  ...Array.from({ length: 2_000 }, (_, i): Told => {
    const at = i * 15;
    return i % 3 === 0
      ? [at, said(`Decision: ${wide(1_000, i)}`)]
      : [at, alerts(alert(at, 'firing', `f${i}`))];
  }),
];

const manyChanges = Array.from({ length: 500 }, (_, i) =>
  change(minutes(-i / 10), { title: wide(240, i), service: 'checkout', version: `${i}` }),
);

describe('what is generated fits into one item of the table', () => {
  it('however long the incident was, and however many changes came before it', () => {
    const sources = given({ told: threeWeeks, changes: manyChanges });
    const log = sourcesOf(sources.facts, { changes: manyChanges });
    const timeline = timelineOf(log, minutes(15 * 2_000));
    const content = generate({ ...sources, timeline }, defaultTemplate);
    expect(bytesOf(content)).toBeLessThan(320_000);
    expect(content.analysis.hypotheses).toHaveLength(12);
    expect(content.analysis.why).toMatch(/\d+ that have less for them are left out\./);
    const text = JSON.stringify(content.sections);
    // Not by a matcher of texts, which would print all of it.
    expect(/\d+ more events are in the timeline\./.test(text)).toBe(true);
    expect(/\d+ more silences are in the timeline\./.test(text)).toBe(true);
  });

  it('a template that asks for everything again and again is refused, and named', () => {
    const template = { id: 'greedy', version: 1, markdown: '## A\n\n{{root-cause}}\n\n'.repeat(900) };
    const greedy = () => generate(given({ changes: manyChanges }), { ...defaultTemplate, ...template });
    expect(greedy).toThrow(Refusal);
    expect(greedy).toThrow("'greedy'");
  });
});
