/** What the intrinsic functions of a template may look up. */
export interface Scope {
  ref(name: string): unknown;
  attribute(id: string, name: string): string;
  condition(name: string): unknown;
  mapping(name: string): unknown;
}

/** `AWS::NoValue`: the property that resolves to it does not exist. */
export const noValue = Symbol('AWS::NoValue');

type Arguments = readonly unknown[];
type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(text(name)),
  Condition: (name, scope) => truth(scope.condition(text(name)), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [id, ...rest] =
      typeof argument === 'string'
        ? argument.split('.')
        : list(argument).map((part) => text(resolve(part, scope)));
    return scope.attribute(text(id), rest.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument);
    return list(resolve(parts, scope)).map(text).join(text(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, parts] = resolved(argument, scope);
    return list(parts)[Number(index)];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = resolved(argument, scope);
    return text(whole).split(text(separator));
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, own] = typeof argument === 'string' ? [argument, {}] : list(argument);
    return substitute(text(pattern), { ...(own as Record<string, unknown>) }, scope);
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument);
    return resolve(truth(scope.condition(text(name)), scope) ? yes : no, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [name, first, second] = resolved(argument, scope);
    const map = scope.mapping(text(name)) as Record<string, Record<string, unknown>> | undefined;
    return map?.[text(first)]?.[text(second)];
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope))).toString('base64'),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = resolved(argument, scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => list(argument).every((part) => truth(part, scope)),
  'Fn::Or': (argument, scope) => list(argument).some((part) => truth(part, scope)),
  'Fn::Not': (argument, scope) => !list(argument).some((part) => truth(part, scope)),
};

/** Resolves every intrinsic function inside a value of a template. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((part) => resolve(part, scope)).filter((part) => part !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && isIntrinsic(first[0], first[1])) {
    const intrinsic = intrinsics[first[0]];
    if (intrinsic === undefined)
      throw new Error(`The intrinsic function ${first[0]} is not known to the local runner`);
    return intrinsic(first[1], scope);
  }
  const resolvedEntries = entries.map(([key, part]) => [key, resolve(part, scope)] as const);
  return Object.fromEntries(resolvedEntries.filter(([, part]) => part !== noValue));
}

/** Resolves what the scope already can, and leaves every other intrinsic function as it stands. */
export function resolvePartly(value: unknown, scope: Scope): unknown {
  try {
    return resolve(value, scope);
  } catch {
    // Something inside needs more than the scope has; the parts without it may still be resolved.
    if (Array.isArray(value)) return value.map((part) => resolvePartly(part, scope));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, part]) => [key, key === 'Ref' ? part : resolvePartly(part, scope)]),
    );
  }
}

/** Whether a condition of the template holds. */
export function truth(value: unknown, scope: Scope): boolean {
  return resolve(value, scope) === true;
}

// A policy statement has a member `Condition` of its own; only a name refers to a condition of the template.
function isIntrinsic(key: string, argument: unknown): boolean {
  return key === 'Ref' || key.startsWith('Fn::') || (key === 'Condition' && typeof argument === 'string');
}

function substitute(pattern: string, own: Record<string, unknown>, scope: Scope): string {
  return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    if (name in own) return text(resolve(own[name], scope));
    const dot = name.indexOf('.');
    return text(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
}

function resolved(argument: unknown, scope: Scope): Arguments {
  return list(argument).map((part) => resolve(part, scope));
}

function list(value: unknown): Arguments {
  if (!Array.isArray(value)) throw new Error(`Expected a list, got ${JSON.stringify(value)}`);
  return value;
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`Expected a text, got ${JSON.stringify(value)}`);
}
