import fc from 'fast-check';
import { severities } from '../../shared/alerts/index.ts';
import type { Condition } from '../../shared/detection/rules/condition.ts';
import { compared } from '../../shared/detection/rules/matcher-text.ts';
import { fields, type Subject } from '../../shared/detection/rules/subject.ts';
import type { When } from '../../shared/detection/rules/when.ts';
import { matcherOperators } from '../../shared/kernel/index.ts';

const values = ['prod', 'dev', 'payments', 'disk full', ''];
const patterns = ['prod|dev', 'pay.*', '.*', '.*disk.*', '[a-z]+', 'x?', 'disk full', '.*(full|empty)'];
const labels = ['env', 'team', 'a.b/c'];

/** A value of an alert that conditions may find. */
export const anyValue = fc.constantFrom(...values);

/** A label or a field that conditions ask. */
export const anySubject: fc.Arbitrary<Subject> = fc.oneof(
  fc.constantFrom(...labels).map((label) => ({ label })),
  fc.constantFrom(...fields.filter((field) => field !== 'severity')).map((field) => ({ field })),
);

const named = (subject: Subject) =>
  'label' in subject ? { label: subject.label } : { field: subject.field };

const leaf: fc.Arbitrary<When> = fc.oneof(
  fc.record({ subject: anySubject, is: anyValue }).map(({ subject, is }) => ({ ...named(subject), is })),
  fc
    .record({ subject: anySubject, isNot: fc.array(anyValue, { minLength: 1, maxLength: 3 }) })
    .map(({ subject, isNot }) => ({ ...named(subject), isNot })),
  fc
    .record({
      subject: anySubject,
      pattern: fc.constantFrom(...patterns),
      word: fc.constantFrom('matches', 'matchesNot', 'occurs'),
    })
    .map(({ subject, pattern, word }) => ({ ...named(subject), [word]: pattern })),
  fc
    .record({ subject: anySubject, exists: fc.boolean() })
    .map(({ subject, exists }) => ({ ...named(subject), exists })),
  fc.constantFrom(...severities).map((severity) => `severity at least ${severity}`),
  fc.constantFrom(...severities).map((severity) => ({ field: 'severity', atMost: severity.slice(0, 2) })),
  fc.constantFrom(
    'env="prod", team=~"pay.*"',
    '@title!~".*disk.*"',
    '@severity=~"P[12]|P4_LOW"',
    '@severity!~"P1|P2"',
    '@service="Payments "',
    '@service=~"Pay.*"',
    'env!=""',
    '{ team = payments }',
    'env=~"prod|"',
  ),
);

/** Conditions as people write them, nested three deep. */
export const anyWhen: fc.Arbitrary<When> = fc.letrec<{ when: When }>((tie) => ({
  when: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('when'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('when'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('when').map((not) => ({ not })),
  ),
})).when;

/** Matchers as they are read from text. */
export const anyMatchers: fc.Arbitrary<Condition> = fc
  .array(
    fc.record({
      subject: fc.oneof(
        anySubject,
        fc.string({ minLength: 1 }).map((label) => ({ label })),
      ),
      value: fc.oneof(anyValue, fc.string()),
      pattern: fc.constantFrom(...patterns, '\\d+\\.\\w', 'a"b', 'a\\\\b', 'x\\ny'),
      how: fc.constantFrom(...matcherOperators),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => {
    const of = all.map(({ subject, value, pattern, how }) => {
      return compared(subject, how, how.endsWith('~') ? pattern : value);
    });
    const [only] = of;
    return of.length === 1 && only ? only : { is: 'all', of };
  });
