import { type Instant, toText } from '../kernel/index.ts';

/** HTML that is safe to send as it stands. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values are escaped, for element content and quoted attributes; `Html` and lists of it go in as they are. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const filled = parts.map((part, i) => part + (i < values.length ? shown(values[i] ?? '') : ''));
  return new Html(filled.join(''));
}

function shown(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replaceAll(/[&<>"']/g, (letter) => references[letter] ?? '');
}

/** Lines of text, each below the other and in its own direction; mail programs know no style that keeps line breaks. */
export function stacked(lines: readonly string[]): readonly Html[] {
  return lines.map((line) => (line === '' ? html`<div><br></div>` : html`<div dir="auto">${line}</div>`));
}

/** A time for people: RFC 3339 in UTC, to the second, with the space that the standard allows for the reader's sake. */
export function timeForPeople(instant: Instant): string {
  return toText(instant)
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}
