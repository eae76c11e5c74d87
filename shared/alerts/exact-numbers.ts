/** Where a number may be more than a double holds. */
const LONG_NUMBER = /\d{16}|[eE]\+?\d{3}/;

/** The value of a JSON text, in which numbers beyond a double are the text that was written: two long ids never become one. */
export function parseExactly(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  return LONG_NUMBER.test(text) ? withExactNumbers(text, parse) : parse(text);
}

/** Parsed in the given way first, whose errors tell more. */
function withExactNumbers(text: string, parse: (text: string) => unknown): unknown {
  parse(text);
  return JSON.parse(text, exact);
}

function exact(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const kept = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return kept ? value : context.source;
}
