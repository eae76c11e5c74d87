/** Whether a record passes. */
export type Filter = (record: unknown) => boolean;

type Rule = (value: unknown) => boolean;

/**
 * Compiles the patterns of an event source mapping; a record passes when any pattern matches.
 * A rule that is not known here is an error at the start, not a record lost later.
 *
 * @param patterns JSON texts, as in `FilterCriteria.Filters[].Pattern`
 */
export function compileFilters(patterns: readonly string[]): Filter {
  if (patterns.length === 0) return () => true;
  const compiled = patterns.map((pattern) => compile(JSON.parse(pattern), pattern));
  return (record) => compiled.some((matches) => matches(record));
}

function compile(pattern: unknown, source: string): Rule {
  if (Array.isArray(pattern)) {
    const rules = pattern.map((rule) => compileRule(rule, source));
    return (value) => rules.some((rule) => (Array.isArray(value) ? value.some(rule) : rule(value)));
  }
  if (typeof pattern !== 'object' || pattern === null) throw unknownRule(pattern, source);
  const members = Object.entries(pattern).map(([name, part]) => {
    if (name.startsWith('$')) throw unknownRule(name, source);
    return [name, compile(part, source)] as const;
  });
  return (value) => members.every(([name, matches]) => matches(member(value, name)));
}

function compileRule(rule: unknown, source: string): Rule {
  if (rule === null || typeof rule !== 'object') return (value) => value === rule;
  const [entry, ...more] = Object.entries(rule);
  if (entry === undefined || more.length > 0) throw unknownRule(rule, source);
  const [name, argument] = entry;
  const build = rules[name];
  if (build === undefined) throw unknownRule(rule, source);
  return build(argument, source);
}

const text =
  (test: (value: string, argument: string) => boolean) =>
  (argument: unknown): Rule =>
  (value) =>
    typeof value === 'string' && test(value, String(argument));

const rules: Readonly<Record<string, (argument: unknown, source: string) => Rule>> = {
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  prefix: text((value, prefix) => value.startsWith(prefix)),
  suffix: text((value, suffix) => value.endsWith(suffix)),
  'equals-ignore-case': text((value, other) => value.toLowerCase() === other.toLowerCase()),
  'anything-but': (argument, source) => {
    const excluded = (Array.isArray(argument) ? argument : [argument]).map((rule) =>
      compileRule(rule, source),
    );
    return (value) => value !== undefined && !excluded.some((rule) => rule(value));
  },
  numeric: (argument, source) => {
    const tests = comparisons(argument as readonly unknown[], source);
    return (value) => typeof value === 'number' && tests.every((test) => test(value));
  },
};

const operators: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function comparisons(parts: readonly unknown[], source: string): ((value: number) => boolean)[] {
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const operator = operators[String(parts[index])];
    const bound = parts[index + 1];
    if (operator === undefined || typeof bound !== 'number') throw unknownRule({ numeric: parts }, source);
    tests.push((value) => operator(value, bound));
  }
  return tests;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function unknownRule(rule: unknown, source: string): Error {
  return new Error(`The local runner does not know the filter rule ${JSON.stringify(rule)} in ${source}`);
}
