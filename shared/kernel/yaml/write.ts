import { isRecord } from '../record.ts';
import { plainValue } from './scalars.ts';

/** A JSON value as YAML that people like to read and `parseYaml` reads as the same value. Ends with a line break. */
export function yamlText(value: unknown): string {
  return isBlock(value) ? linesOf(value, '').join('\n').concat('\n') : `${inlineText(value)}\n`;
}

/** Whether it takes lines of its own below its key or dash. */
const isBlock = (value: unknown): value is readonly unknown[] | Readonly<Record<string, unknown>> =>
  Array.isArray(value) ? !isShort(value) : isRecord(value) && Object.keys(value).length > 0;

const WIDEST = 80;

/** A list of a few plain values stands on one line. */
const isShort = (items: readonly unknown[]): boolean =>
  items.length === 0 || (items.every(isPlainKind) && flowText(items).length <= WIDEST);

const isPlainKind = (value: unknown): boolean => typeof value !== 'object' || value === null;

function linesOf(value: readonly unknown[] | Readonly<Record<string, unknown>>, indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => itemLines(item, indent));
  return Object.entries(value).flatMap(([key, one]) => fieldLines(key, one, indent));
}

function itemLines(item: unknown, indent: string): string[] {
  if (!isBlock(item)) return [`${indent}- ${scalarText(item, `${indent}  `)}`];
  const [first = '', ...rest] = linesOf(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function fieldLines(key: string, value: unknown, indent: string): string[] {
  const name = `${indent}${textOf(key)}:`;
  if (isBlock(value)) return [name, ...linesOf(value, `${indent}  `)];
  return [`${name} ${scalarText(value, `${indent}  `)}`];
}

/** A value behind its key or dash; a text of several lines stands below, as it is. */
function scalarText(value: unknown, indent: string): string {
  if (typeof value !== 'string' || !isProse(value)) return inlineText(value);
  const isEnded = value.endsWith('\n');
  const lines = (isEnded ? value.slice(0, -1) : value).split('\n');
  return [isEnded ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))].join('\n');
}

/** Several lines, of which a block would change none: each begins and ends with a sign, and one line break ends them at most. */
const isProse = (text: string): boolean => {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    lines.length > 1 &&
    lines.every((line, i) =>
      line === '' ? i > 0 && i < lines.length - 1 : /^\S(?:[^\p{Cc}\u0085]*\S)?$/u.test(line),
    )
  );
};

function inlineText(value: unknown): string {
  if (Array.isArray(value)) return flowText(value);
  if (isRecord(value)) return '{}';
  return typeof value === 'string' ? textOf(value) : JSON.stringify(value);
}

const flowText = (items: readonly unknown[]): string => `[${items.map(inlineText).join(', ')}]`;

/** What needs no quotes anywhere: words, with blanks and a few signs between them. */
const plain = /^[A-Za-z_](?:[\w./-]|[ :](?=[\w./-]))*$/;

/** What other readers of YAML take for a truth value. */
const isTruth = (text: string): boolean => /^(?:y|n|yes|no|on|off)$/i.test(text);

/** A text as it is where nothing else could be read from it, else in the quotes that need least in it. */
function textOf(text: string): string {
  const isPlain = text.length <= 200 && plain.test(text) && !isTruth(text);
  if (isPlain && typeof plainValue(text) === 'string') return text;
  return /["\\]/.test(text) && /^[^'\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u.test(text)
    ? `'${text}'`
    : JSON.stringify(text);
}
