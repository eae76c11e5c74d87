import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Matcher,
  matchEverything,
  matcherInput,
  matcherOps,
  matcherText,
  matches,
  readMatcher,
  type Subject,
} from '../../../../shared/alerts/index.ts';

const subject: Subject = {
  labels: { severity: 'page', host: 'db1', empty: '' },
  fields: { title: 'Disk full', service: 'checkout', severity: 'P2_HIGH' },
};

const matcher = (text: string): Matcher => {
  const found = readMatcher(text);
  if (!found) throw new Error(`Not a matcher: ${text}`);
  return found;
};

describe('a matcher', () => {
  it.each([
    ['host="db1"', true],
    ['host=db1', true],
    ['host="DB1"', false],
    ['host!="db1"', false],
    ['host=~"db."', true],
    ['host=~"DB."', true],
    ['host=~"db\\d"', true],
    ['"host"="db1"', true],
    ['host=~"b"', false],
    ['host!~"b"', true],
    ['host!~"db.*"', false],
    ['service="checkout"', true],
    ['service="Checkout"', true],
    ['service!="Checkout"', false],
    ['service="Search"', false],
    ['service!="Search"', true],
    ['service=~"Check.*"', true],
    ['title=~"disk.*"', true],
    ['missing=""', true],
    ['missing!="x"', true],
    ['missing=~".+"', false],
    ['empty=""', true],
    ['constructor=""', true],
    ['source=""', true],
  ])('%s fits: %s', (text, fits) => {
    expect(matches(matcher(text), subject)).toBe(fits);
  });

  it('looks at a label and a field of the same name', () => {
    expect(matches(matcher('severity="page"'), subject)).toBe(true);
    expect(matches(matcher('severity="P2_HIGH"'), subject)).toBe(true);
    expect(matches(matcher('severity!="page"'), subject)).toBe(false);
    expect(matches(matcher('severity!~"P.*"'), subject)).toBe(false);
  });

  it('reads as it was written, whatever is in its value', () => {
    const any = fc.record({
      name: fc.constantFrom('a', 'team', 'app.kubernetes.io/name', '_x', 'größe', 'my label', '', 'a"\\b'),
      op: fc.constantFrom(...matcherOps),
      value: fc.string({ unit: 'binary', maxLength: 30 }),
    });
    fc.assert(fc.property(any, (one) => void expect(readMatcher(matcherText(one))).toEqual(one)));
  });

  it('of another form is refused with an example, and a pattern that is none with its fault', () => {
    for (const text of ['', 'host', '="x"', 'a="b', 'a=b"c', '1a=b'])
      expect(matcherInput.safeParse(text).error?.message).toContain('Expected a matcher such as');
    for (const bad of ['a=~"("', { name: 'a', op: '!~', value: '(?=x)' }])
      expect(matcherInput.safeParse(bad).error?.message).toContain('linear time');
  });

  it('of a severity may be short, as in rules', () => {
    for (const text of [
      'severity="P2_HIGH"',
      'severity="P2"',
      'severity=~"P[12]"',
      'severity!="P1"',
      'severity="page"',
    ])
      expect(matches(matcher(text), subject), text).toBe(true);
    for (const text of ['severity="P1"', 'severity!="P2"'])
      expect(matches(matcher(text), subject), text).toBe(false);
  });

  it('[F64] that may take long at the beginning of a value is refused like one that takes long everywhere', () => {
    expect(matcherInput.safeParse('x=~"(?:[ab]{1,2}){0,120}[Cd][Ce]"').success).toBe(false);
  });

  it('[F64] with a pattern that would take long for each alert is refused with what it takes', () => {
    const refused = matcherInput.safeParse('host=~"[ab]*a[ab]{400}c"');
    expect(refused.error?.issues[0]?.message).toMatch(
      /^takes \d+ ns for each character; at most 40 are allowed/,
    );
    for (const fine of ['host=~"db-[0-9]+(-canary)?"', 'host=~"(web|db).*|cache-7"', 'host=~".{0,40}z"'])
      expect(matcherInput.safeParse(fine).success).toBe(true);
  });

  it('[F63] with a pattern that would run for ever elsewhere runs in linear time', () => {
    const bomb = { name: 'title', op: '=~', value: '(a+)+b' } as const;
    const before = process.cpuUsage();
    expect(matches(bomb, { labels: {}, fields: { title: 'a'.repeat(5_000) } })).toBe(false);
    const { user } = process.cpuUsage(before);
    expect(user).toBeLessThan(2_000_000);
  });
});

describe('matchers that leave out nothing', () => {
  it.each([
    [[], true],
    [['a=~".*"'], true],
    [['a=~".+"'], true],
    [['a!="b"'], true],
    [['a=""', 'b!~"c"'], true],
    [['a="b"'], false],
    [['a!="b"', 'c="d"'], false],
    [['a=~"b.*"'], false],
  ])('%j: %s', (texts, everything) => {
    expect(matchEverything(texts.map(matcher))).toBe(everything);
  });
});
