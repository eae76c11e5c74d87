import { type ItemShape, schema, table } from '../../shared/table/index.ts';

const head = `# The table

Every item of the single table, rendered from \`shared/table/schema.ts\`; write it anew with \`npm test -- docs -u\`. CDK's indexes
and the keys of the adapters come from the same file, and no key is written anywhere else.

A field in braces is filled with a value, in which \`#\` and \`%\` are encoded; \`{seq:12}\` is padded with zeros to 12 digits, so that
text sorts as numbers do. Every key begins with the organisation, but for the doors, which are opened before it is known, and
\`DUE#\`, which only the sweep reads. Items marked with a clock (⏱) expire by \`${table.ttl}\`; deletion is late, so readers compare times.
`;

type Named = readonly [name: string, shape: ItemShape];

const items: readonly Named[] = Object.entries(schema).map(([name, { shape }]) => [name, shape]);

/** The page docs/table.md: items by partition, and the generic indexes. */
export function tablePage(): string {
  const partitions = [...new Set(items.map(([, { pk }]) => pk))];
  return `${[head, ...partitions.map(partition), indexes()].join('\n')}`;
}

function partition(pk: string): string {
  const rows = items
    .filter(([, shape]) => shape.pk === pk)
    .map(([name, { sk, about, expires }]) => [name, code(sk), `${about}${expires === true ? ' ⏱' : ''}`]);
  return `## ${code(pk)}\n\n${grid(['item', 'sort key', 'what it is'], rows)}`;
}

function indexes(): string {
  const rows = table.indexes.map(({ name, projection }) => {
    const users = items.filter(([, shape]) => shape[`${name}pk`] !== undefined);
    const keys = users.map(
      ([, shape]) => `${code(shape[`${name}pk`] ?? '')}, ${code(shape[`${name}sk`] ?? '')}`,
    );
    return [
      name,
      projection,
      users.map(([item]) => item).join(', ') || 'not used yet',
      keys.join('; ') || '–',
    ];
  });
  const text =
    'They exist from the first deploy and no other is ever added: CloudFormation makes one per update. No decision reads an index.';
  return `## Indexes\n\n${text}\n\n${grid(['index', 'projection', 'items', 'keys'], rows)}`;
}

const code = (text: string) => `\`${text}\``;

/** A Markdown table with columns of even width, as the formatter wants it. */
function grid(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return `${line(titles)}${rule}${rows.map(line).join('')}`;
}
