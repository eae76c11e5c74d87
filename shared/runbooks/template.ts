import { allOf, type Parsed, quoted } from './parsed.ts';

/** What templates may name of the incident. */
export const incidentFields = ['id', 'name', 'title', 'severity', 'service', 'state'] as const;

/** The values that a run has for its templates, by the name in braces. */
export type Values = ReadonlyMap<string, string>;

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;
const known = new RegExp(
  `^(incident\\.(${incidentFields.join('|')})|run\\.id|steps\\.[A-Za-z0-9][\\w-]{0,63}\\.output)$`,
);

/** The names in double braces in a text. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/** Why a name cannot stand in a template; undefined when it can. */
export function nameFault(name: string): string | undefined {
  if (known.test(name)) return undefined;
  return `${quoted(`{{${name}}}`)} names nothing; templates know incident.${incidentFields.join(', incident.')}, run.id and steps.<id>.output`;
}

/** The step whose output a name is about; undefined when it is about something else. */
export const stepNamed = (name: string): string | undefined => /^steps\.(.+)\.output$/.exec(name)?.[1];

/** A template without blanks inside its braces, so that splitting at blanks leaves each whole. */
export const tight = (text: string): string =>
  text.replace(placeholder, (_, name: string) => `{{${name.replaceAll(/\s/g, '')}}}`);

/** A text with its placeholders filled, each value as `written` makes it; what a value contains is never read as a template. */
export function filled(
  text: string,
  values: Values,
  written: (value: string) => string = (value) => value,
): Parsed<string> {
  const missing = namesIn(text).find((name) => !values.has(name));
  if (missing !== undefined)
    return { refused: nameFault(missing) ?? `{{${missing}}} has no value in this run` };
  return { value: text.replace(placeholder, (_, name: string) => written(values.get(name) ?? '')) };
}

/** A JSON value in whose texts the placeholders are filled; names of members stay as they are. */
export function filledJson(value: unknown, values: Values): Parsed<unknown> {
  if (typeof value === 'string') return filled(value, values);
  if (Array.isArray(value)) return allOf(value.map((one: unknown) => filledJson(one, values)));
  if (typeof value !== 'object' || value === null) return { value };
  const entries = Object.entries(value).map(([name, one]): Parsed<readonly [string, unknown]> => {
    const inside = filledJson(one, values);
    return 'refused' in inside ? inside : { value: [name, inside.value] };
  });
  const all = allOf(entries);
  return 'refused' in all ? all : { value: Object.fromEntries(all.value) };
}
