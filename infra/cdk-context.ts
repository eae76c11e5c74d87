import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

/** Values of a CDK context, and how people call the place that they come from. */
export interface ContextSource {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const Values = z.record(z.string(), z.unknown());
const WithContext = z.looseObject({ context: Values.default({}) });

/** A JSON file's content; undefined when there is no such file. Throws an error in words when it is not JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    if (fault instanceof SyntaxError) throw new SyntaxError(`${file} is not JSON: ${fault.message}`);
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}

/** The files in which the CDK looks for a context; what an earlier one says holds, see "cdk context" in its documentation. */
export function contextFiles(root: string, home = homedir()): readonly ContextSource[] {
  const contextOf = (file: string) => WithContext.parse(readJson(file) ?? {}).context;
  return [
    { name: 'cdk.json', values: contextOf(join(root, 'cdk.json')) },
    { name: 'cdk.context.json', values: Values.parse(readJson(join(root, 'cdk.context.json')) ?? {}) },
    { name: '~/.cdk.json', values: contextOf(join(home, '.cdk.json')) },
  ];
}

/** Reads what `-c` was given, as the CDK does. Throws an error that names every one that is no assignment. */
export function contextOfLine(given: readonly string[]): Readonly<Record<string, string>> {
  const wrong = given.filter((text) => !/^[^=]+=/.test(text));
  if (wrong.length > 0) {
    throw new Error(`Got -c ${wrong.join(' and -c ')}; allowed is -c name=value, such as -c trial=true.`);
  }
  return Object.fromEntries(given.map((text) => text.split(/=(.*)/s, 2)));
}

/** The context that the CDK makes of these: the command line goes before every file. */
export function mergedContext(
  line: Readonly<Record<string, unknown>>,
  files: readonly ContextSource[],
): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...files.toReversed().map(({ values }) => values), line);
}

/** How people call the place from which a value of a merged context comes. */
export function originIn(files: readonly ContextSource[], name: string, value: unknown): string {
  const first = files.find(({ values }) => Object.hasOwn(values, name));
  return first !== undefined && JSON.stringify(first.values[name]) === JSON.stringify(value)
    ? first.name
    : '-c';
}
