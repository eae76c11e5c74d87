/** The smallest value that at least this share (0 to 1) of the values does not exceed; NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The value in the middle; of two the lower. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** A figure with about three digits. */
export function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** How many times the baseline a value is. */
export const ratio = (value: number, baseline: number): string => `${figure(value / baseline)}×`;

/** Lines of columns: figures to the right, text to the left. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  return all
    .map((row) =>
      widths
        .map((width, i) =>
          isFigure(rows, i) ? (row[i] ?? '').padStart(width) : (row[i] ?? '').padEnd(width),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}

/** Whether a column holds nothing but figures. */
const isFigure = (rows: readonly (readonly string[])[], column: number): boolean =>
  column > 0 && rows.every((row) => /^[\d.]*×?$/.test(row[column] ?? ''));
