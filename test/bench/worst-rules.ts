import { RE2JS } from 're2js';
import {
  burdensOf,
  compileRules,
  type Received,
  type Rule,
  ruleSchema,
} from '../../shared/detection/index.ts';
import { conditionOf } from '../../shared/detection/rules/compiled-rule.ts';
import type { Condition } from '../../shared/detection/rules/condition.ts';
import type { Subject } from '../../shared/detection/rules/subject.ts';
import { integration, signal } from '../support/signals.ts';
import { numbers } from './rule-sample.ts';

/** Rules that cost as much as they can, none of which takes the alerts that were made for them. */
export interface WorstRules {
  readonly name: string;
  /** As many as are taken. */
  readonly rules: readonly Rule[];
  readonly alerts: readonly Received[];
}

type Text = () => string;
type Conditions = (i: number) => object;

const any = numbers(11);
const LOUD = 'severity at least P1';
const random =
  (length: number, of = 'ab'): Text =>
  () =>
    Array.from({ length }, () => of[any(of.length)]).join('');
const repeated =
  (text: string, length: number): Text =>
  () =>
    text.repeat(Math.ceil(length / text.length)).slice(0, length);
const binary = (i: number) => i.toString(2).padStart(14, '0').replaceAll('0', 'a').replaceAll('1', 'b');
const pairs = (letter: string) => Array.from({ length: 100 }, (_, i) => `${letter}${i + 100}`).join('');

const sets: readonly (readonly [name: string, conditions: Conditions, description: Text, most?: number])[] = [
  [
    'ten labels that must not be',
    (i) => ({ when: { all: [...Array.from({ length: 10 }, (_, n) => `l${n}!="${i}"`), LOUD] } }),
    random(900),
  ],
  [
    'all and any, five levels',
    (i) => ({
      when: {
        any: [
          { all: [`a!="${i}"`, { any: [`b="${i}"`, { all: [`c!="${i}"`, { any: [`d="${i}"`, LOUD] }] }] }] },
        ],
      },
    }),
    random(900),
  ],
  [
    'texts of two letters',
    (i) => ({ when: { all: [{ not: { field: 'description', occurs: `${binary(i)}.*zzz` } }, LOUD] } }),
    random(1_000),
    4_000,
  ],
  [
    'texts in the wrong order',
    (i) => ({ alertPattern: `b${(i % 100) + 100}.*a${Math.floor(i / 100) + 100}` }),
    () => `${pairs('a')} ${pairs('b')}`,
  ],
  [
    '20 texts with gaps',
    (i) => ({ alertPattern: `(aa|ab|${i}).*${'(aa|bb|cc).*'.repeat(20)}${i}` }),
    repeated('aabbcc', 1_000),
    500,
  ],
  [
    'classes that V8 runs',
    (i) => ({ alertPattern: `[ab]{9}[ab]{${i % 5}}[ab]{1,9}c[a-f]${'[0-9]'.repeat(i % 7)}${i}` }),
    repeated('a', 1_000),
    500,
  ],
  [
    'small automata',
    (i) => ({
      alertPattern: `(u+|d+|[a-c]+x)+y*(q|w+)+[0-9]+[${'cdefgh'[i % 6]}${'klmnop'[(i >> 3) % 6]}]${i % 10}`,
    }),
    random(1_000, 'udaxyzqw0123'),
  ],
  [
    'endless classes that V8 runs',
    (i) => ({
      when: {
        field: 'description',
        matches: `[^${'abcdefghijklmnop'[i % 16]}]*${'abcdefghijklmnop'[i % 16]}${'abcdefghijklmnopqrst'[(i >> 4) % 20]}${binary(i)}`,
      },
    }),
    repeated('é', 1_000),
  ],
  [
    'texts over many lines',
    (i) => ({ alertPattern: `${'.*'.repeat(i % 20)}a.*${'.*'.repeat(i / 20)}b` }),
    repeated('a\nb\n', 1_000),
    2_000,
  ],
  ['one beginning, or anywhere', (i) => ({ alertPattern: `^q${i}|x.{40}z` }), random(1_000, 'xa'), 100],
  [
    'up to so many characters',
    (i) => ({ alertPattern: `x.{0,${24 + (i % 3)}}z${'[z-z]'.repeat(i / 3)}` }),
    random(1_000, 'xa'),
    100,
  ],
  [
    'alternatives of one letter',
    (i) => ({ alertPattern: `x${'(?:x|a)'.repeat(20 + (i % 5))}z${'[z-z]'.repeat(i / 5)}` }),
    random(1_000, 'xa'),
    100,
  ],
  ['large automata', (i) => ({ alertPattern: `[ab]*a[ab]{${100 + (i % 300)}}c` }), () => `${random(990)()}c`],
];

const received = (description: string, i: number): Received => ({
  signal: signal(`worst ${i}`, 'firing', i, {
    title: `worst ${i}`,
    description,
    labels: Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`l${n}`, 'x'])),
  }),
  from: { source: 'generic', integration, receipt: `r${i}`, receivedAt: 0 },
});

/** The worst rule sets that are taken, each with alerts that nearly match. */
export function worstRules(alerts: number): readonly WorstRules[] {
  return sets.map(([name, conditions, description, most = 10_000]) => {
    const rules = Array.from({ length: most }, (_, i) =>
      ruleSchema.parse({ id: `r${i}`, name: 'R', conditions: conditions(i) }),
    );
    const taken = rules.slice(0, burdensOf(rules)[0]?.rule);
    return {
      name,
      rules: taken,
      alerts: Array.from({ length: alerts }, (_, i) => received(description(), i)),
    };
  });
}

/** Ready to be asked about an alert that was not seen before. */
export const askWorst = ({ rules }: WorstRules): ((alert: Received) => unknown) => {
  const set = compileRules(rules);
  return (alert) => set.match({ ...alert, signal: { ...alert.signal } });
};

/** The baseline: the same conditions asked one by one, by comparisons and the engine of RE2, compiled before; V8 would not end with some. */
export const askPlainly = ({ rules }: WorstRules): ((alert: Received) => unknown) => {
  const tests = rules.map((rule) => plainly(conditionOf(rule)));
  return (alert) => tests.find((test) => test(alert));
};

type Test = (alert: Received) => boolean;

function plainly(condition: Condition): Test {
  switch (condition.is) {
    case 'all':
    case 'any': {
      const tests = condition.of.map(plainly);
      return (alert) =>
        condition.is === 'all' ? tests.every((test) => test(alert)) : tests.some((test) => test(alert));
    }
    case 'not': {
      const test = plainly(condition.of);
      return (alert) => !test(alert);
    }
    case 'equal':
      return (alert) => valueIn(alert, condition.subject) === condition.value;
    case 'match':
    case 'occur': {
      const pattern = RE2JS.compile(condition.pattern, RE2JS.CASE_INSENSITIVE);
      return (alert) => pattern.test(valueIn(alert, condition.subject));
    }
    default:
      return () => false;
  }
}

function valueIn(
  { signal: { title = '', description = '', labels } }: Received,
  subject: Subject | undefined,
) {
  if (subject === undefined) return `${title}\n${description}`;
  if ('label' in subject) return labels[subject.label] ?? '';
  return subject.field === 'description' ? description : title;
}
