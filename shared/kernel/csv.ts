/** A cell: text, a number, or nothing. */
export type Cell = string | number | undefined;

/**
 * Rows as a table by RFC 4180. Text may be of strangers: none begins a formula in the reader's program (OWASP, CSV injection), which
 * a leading apostrophe prevents; numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[\s\p{Cf}]*[=+\-@|%\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell) ? `'${cell}` : cell;
  return `"${harmless.replaceAll('"', '""')}"`;
}
