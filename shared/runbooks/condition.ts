import { type Severity, severities } from '../alerts/index.ts';
import { occurs, patternFault } from '../kernel/index.ts';
import { conditionWords, type Token } from './condition-words.ts';
import { andThen, type Parsed, quoted } from './parsed.ts';

/** What conditions are about. Of a label there are several values where alerts differ. */
export interface Subject {
  readonly severity: Severity;
  readonly service?: string;
  readonly state: string;
  readonly title: string;
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

const comparisons = ['==', '!=', '<', '<=', '>', '>=', 'contains', 'matches', 'in'] as const;
type Comparison = (typeof comparisons)[number];

/** A condition that was read. */
export type Condition =
  | { readonly is: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'there'; readonly name: string }
  | {
      readonly is: 'compared';
      readonly name: string;
      readonly by: Comparison;
      readonly with: readonly string[];
    };

const identifier = /^(severity|service|state|title|labels\.[\w.-]{1,100})$/;
const DEEPEST = 20;

/** Reads a condition such as `severity == "P1_CRITICAL" && labels.env in ["prod", "live"]`. Nothing is ever evaluated as code. */
export function parseCondition(text: string): Parsed<Condition> {
  return andThen(conditionWords(text), (tokens) => {
    if (tokens.length === 0) return { refused: 'a condition says something' };
    const reader: Reader = { tokens, at: 0, depth: 0 };
    return andThen(anyOf(reader), (condition): Parsed<Condition> => {
      const rest = tokens[reader.at];
      return rest ? { refused: `${quoted(rest.value)} is one word too many` } : { value: condition };
    });
  });
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

function taken(reader: Reader, value: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind === 'text' || token?.value !== value) return false;
  reader.at++;
  return true;
}

const anyOf = (reader: Reader) => joined(reader, '||', 'or', allOfThem);
const allOfThem = (reader: Reader) => joined(reader, '&&', 'and', single);

function joined(
  reader: Reader,
  word: string,
  is: 'and' | 'or',
  part: (reader: Reader) => Parsed<Condition>,
): Parsed<Condition> {
  let left = part(reader);
  while (!('refused' in left) && taken(reader, word)) {
    const right = part(reader);
    if ('refused' in right) return right;
    left = { value: { is, left: left.value, right: right.value } };
  }
  return left;
}

function single(reader: Reader): Parsed<Condition> {
  if (++reader.depth > DEEPEST) return { refused: 'it is nested too deeply' };
  const condition = taken(reader, '!')
    ? andThen(single(reader), (of) => ({ value: { is: 'not', of } as const }))
    : taken(reader, '(')
      ? andThen(anyOf(reader), (inside) =>
          taken(reader, ')') ? { value: inside } : { refused: 'a bracket is not closed' },
        )
      : compared(reader);
  reader.depth--;
  return condition;
}

function compared(reader: Reader): Parsed<Condition> {
  const token = reader.tokens[reader.at++];
  const name = token?.value ?? '';
  if (token?.kind !== 'name' || !identifier.test(name))
    return {
      refused: `${quoted(name)} is nothing that a condition knows; allowed is severity, service, state, title and labels.<name>`,
    };
  const by = comparisons.find((one) => taken(reader, one));
  if (by === undefined) return { value: { is: 'there', name } };
  return andThen(by === 'in' ? list(reader) : one(reader), (values): Parsed<Condition> => {
    const fault = comparisonFault(name, by, values);
    return fault === undefined ? { value: { is: 'compared', name, by, with: values } } : { refused: fault };
  });
}

function one(reader: Reader): Parsed<readonly string[]> {
  const token = reader.tokens[reader.at++];
  if (token?.kind === 'text') return { value: [token.value] };
  return { refused: `a text in quotes is missing${token ? ` where ${quoted(token.value)} stands` : ''}` };
}

function list(reader: Reader): Parsed<readonly string[]> {
  if (!taken(reader, '[')) return { refused: 'after in comes a list such as ["a", "b"]' };
  const values: string[] = [];
  do {
    const value = one(reader);
    if ('refused' in value) return value;
    values.push(...value.value);
  } while (taken(reader, ','));
  return taken(reader, ']') ? { value: values } : { refused: 'a list is not closed' };
}

function comparisonFault(name: string, by: Comparison, values: readonly string[]): string | undefined {
  const [value = ''] = values;
  if (by === 'matches') {
    const fault = patternFault(value);
    return fault === undefined ? undefined : `${quoted(value)} ${fault}`;
  }
  if (['<', '<=', '>', '>='].includes(by) && name !== 'severity')
    return 'only severities are more or less than others';
  const wrong = name === 'severity' && by !== 'contains' ? values.find((one) => rank(one) < 0) : undefined;
  return wrong === undefined
    ? undefined
    : `${quoted(wrong)} is no severity; there are ${severities.join(', ')}`;
}

const rank = (severity: string): number => severities.indexOf(severity as Severity);

/** Whether a condition holds. A label that has several values holds when one of them does. */
export function holds(condition: Condition, subject: Subject): boolean {
  switch (condition.is) {
    case 'and':
      return holds(condition.left, subject) && holds(condition.right, subject);
    case 'or':
      return holds(condition.left, subject) || holds(condition.right, subject);
    case 'not':
      return !holds(condition.of, subject);
    case 'there':
      return valuesOf(condition.name, subject).some((value) => value !== '');
    case 'compared': {
      const values = valuesOf(condition.name, subject);
      // What is not there differs from everything.
      if (condition.by === '!=') return !values.includes(condition.with[0] ?? '');
      return values.some((value) => fits(value, condition.by, condition.with));
    }
  }
}

function valuesOf(name: string, subject: Subject): readonly string[] {
  if (name.startsWith('labels.')) return subject.labels.get(name.slice('labels.'.length)) ?? [];
  if (name === 'service') return subject.service === undefined ? [] : [subject.service];
  return [name === 'severity' ? subject.severity : name === 'state' ? subject.state : subject.title];
}

/** Of severities, more is more urgent. */
function fits(value: string, by: Comparison, [first = '', ...more]: readonly string[]): boolean {
  switch (by) {
    case '==':
      return value === first;
    case '!=':
      return value !== first;
    case '<':
      return rank(value) > rank(first);
    case '<=':
      return rank(value) >= rank(first);
    case '>':
      return rank(value) < rank(first);
    case '>=':
      return rank(value) <= rank(first);
    case 'contains':
      return value.toLowerCase().includes(first.toLowerCase());
    case 'matches':
      return occurs(first, value);
    case 'in':
      return [first, ...more].includes(value);
  }
}
