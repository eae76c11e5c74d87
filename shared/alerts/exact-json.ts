/** Where a number may be more than a double holds. */
const LONG_NUMBER = /\d{16}|[eE]\+?\d{3}/;

/**
 * The value of a JSON text, else a `SyntaxError`. Numbers beyond a double stay as they were written, as text, so that two long ids
 * never become one; in browsers of before 2025, which do not tell how a number was written, they are rounded.
 */
export function parseExactly(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

function exact(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const kept = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return kept ? value : context.source;
}
