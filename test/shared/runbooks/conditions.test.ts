import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  holds,
  isRefused,
  matchRunbooks,
  parseCondition,
  runbookSchema,
  type Subject,
} from '../../../shared/runbooks/index.ts';
import { anyText } from '../../support/any-text.ts';
import { seedRunbook } from '../../support/seed-runbook.ts';

const subject: Subject = {
  severity: 'P2_HIGH',
  service: 'api',
  state: 'triggered',
  title: 'API is down',
  labels: new Map([['env', ['prod', 'live']]]),
};
const isTrue = (text: string): boolean | string => {
  const parsed = parseCondition(text);
  return isRefused(parsed) ? parsed.refused : holds(parsed.value, subject);
};

describe('a condition', () => {
  it.each([
    ['severity == "P2_HIGH"', true],
    ["severity == 'P1_CRITICAL'", false],
    ['severity >= "P2_HIGH"', true],
    ['severity > "P2_HIGH"', false],
    ['severity < "P1_CRITICAL"', true],
    ['service in ["web", "api"]', true],
    ['service != "web" && !(state == "resolved")', true],
    ['title contains "DOWN"', true],
    ['title matches "api.*down"', true],
    ['labels.env == "live"', true],
    ['labels.region', false],
    ['labels.region != "eu"', true],
    ['service == "x" || severity == "P2_HIGH" && labels.env', true],
  ])('%s is %s', (text, expected) => {
    expect(isTrue(text)).toBe(expected);
  });

  it.each([
    'severity = "P1"',
    'severity == "P0"',
    'service > "a"',
    'process.exit(1)',
    'constructor == "x"',
    'title matches "("',
    'severity ==',
    '(severity == "P1_CRITICAL"',
    'a"b',
    '',
    `${'!'.repeat(50)}service`,
    'title == "a" title',
  ])('is refused with a reason: %s', (text) => {
    expect(isRefused(parseCondition(text))).toBe(true);
  });

  it('takes any text, and gives a value or a reason', () => {
    const words = fc.constantFrom(
      'severity',
      'labels.x',
      '==',
      '"P1_CRITICAL"',
      '&&',
      '(',
      ')',
      '!',
      'in',
      '[',
      ']',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(60),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          const parsed = parseCondition(text);
          if (isRefused(parsed)) expect(parsed.refused).not.toBe('');
          else expect(typeof holds(parsed.value, subject)).toBe('boolean');
        },
      ),
    );
  });
});

describe('runbooks that fit an incident', () => {
  const seed = runbookSchema.parse(seedRunbook);
  const named = runbookSchema.parse({
    id: 'high-error-rate',
    title: 'Errors',
    steps: [{ id: 'a', title: 'a', order: 1 }],
  });
  const both = [named, seed];
  const critical = { ...subject, severity: 'P1_CRITICAL' as const, alerts: [] };

  it('fit by pattern and by every condition, each a reason', () => {
    const [match, ...more] = matchRunbooks(both, critical);
    expect(more).toEqual([]);
    expect(match?.runbook.id).toBe('api-restart-procedure');
    expect(match?.reasons).toEqual([
      "Its pattern 'api.*down' occurs in the title",
      'Its condition holds: severity == "P1_CRITICAL"',
      'It is tagged with the service api',
    ]);
    expect(matchRunbooks(both, { ...critical, severity: 'P2_HIGH' })).toEqual([]);
  });

  it('fit by what an alert says', () => {
    const [match] = matchRunbooks(both, {
      ...critical,
      title: 'Trouble',
      alerts: ['x', 'service x is unavailable'],
    });
    expect(match?.reasons[0]).toContain('occurs in the alert “service x is unavailable”');
  });

  it('come first when the incident names them, by id, title or address', () => {
    for (const runbook of [
      'high-error-rate',
      'Errors',
      'https://wiki.example.com/runbooks/high-error-rate?x#y',
    ]) {
      const matches = matchRunbooks(both, { ...critical, runbook });
      expect(matches.map(({ runbook: { id } }) => id)).toEqual(['high-error-rate', 'api-restart-procedure']);
      expect(matches[0]?.reasons[0]).toContain('The incident names it');
    }
  });

  it('are found among a thousand in no time', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({ ...seed, id: `r${n}` }));
    expect(matchRunbooks(many, critical)).toHaveLength(1_000);
  });
});
