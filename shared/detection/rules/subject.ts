import { didYouMean } from '../../kernel/index.ts';

/** What a rule may ask beside labels. In texts they carry an `@`, so that a label may have any name. */
export const fields = ['title', 'description', 'service', 'severity', 'source', 'integration'] as const;
export type Field = (typeof fields)[number];

/** What a condition is about: a label by its name, or a field by its name with `@` before it. */
export type Subject = { readonly label: string } | { readonly field: Field };

/** The field of that name, with or without its `@`. */
export const fieldNamed = (name: string): Field | undefined =>
  fields.find((field) => field === name || `@${field}` === name);

/** The fields as texts name them, for messages. */
export const fieldNames = fields.map((field) => `@${field}`).join(', ');

/** That a field was meant, where a name with `@` is much like one. */
export const meantField = (name: string): string =>
  name.startsWith('@')
    ? didYouMean(
        name,
        fields.map((field) => `@${field}`),
      )
    : '';

/** A label that needs no quotes. */
const plain = /^[A-Za-z_][\w.:/-]*$/;

/** How a text names it. */
export function subjectText(subject: Subject): string {
  if ('field' in subject) return `@${subject.field}`;
  return plain.test(subject.label) ? subject.label : quoted(subject.label);
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};

/** A text in double quotes, as matchers are read. */
export const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\\n\t\r]/g, (char) => escapes[char] ?? char)}"`;
