/** A Markdown table with columns of even width; columns of figures stand to the right. */
export function grid(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const figures = titles.map((_, i) => i > 0 && rows.every((row) => /^[\d.,$–]*$/.test(row[i] ?? '')));
  const widths = titles.map((title, i) =>
    Math.max(title.length, 3, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (figures[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | ')} |\n`;
  const rule = widths.map((width, i) => (figures[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return `${line(titles)}${line(rule)}${rows.map(line).join('')}`;
}
