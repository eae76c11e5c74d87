import type * as z from 'zod';
import type { KubeObject, kubeEvents, kubeTable } from './objects.ts';

/** A table as kubectl prints it. */
export function tableText({ columnDefinitions, rows }: z.output<typeof kubeTable>): string {
  const shown = columnDefinitions.flatMap(({ name, priority }, at) => (priority === 0 ? [{ name, at }] : []));
  if (rows.length === 0) return 'No resources found';
  const lines = [
    shown.map(({ name }) => name.toUpperCase()),
    ...rows.map(({ cells }) => shown.map(({ at }) => cellText(cells[at]))),
  ];
  const widths = shown.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

const cellText = (cell: unknown): string =>
  cell === null || cell === undefined
    ? '<none>'
    : typeof cell === 'object'
      ? JSON.stringify(cell)
      : String(cell);

const hidden = new Set(['managedFields', 'annotations', 'uid', 'resourceVersion', 'selfLink']);

/** An object in lines, without what only machines read, and its events. */
export function describedText(object: KubeObject, events: z.output<typeof kubeEvents>): string {
  const { metadata, spec, status } = object;
  const told = events.items.map(
    ({ type, reason, message, count }) => `  ${type} ${reason}${count ? ` (${count}x)` : ''}: ${message}`,
  );
  return [
    `Name: ${metadata.name}`,
    ...lines({ ...metadata, name: undefined }, ''),
    'Status:',
    ...lines(status, '  '),
    'Events:',
    ...(told.length > 0 ? told : ['  <none>']),
    'Spec:',
    ...lines(spec, '  '),
  ].join('\n');
}

function lines(value: unknown, indent: string, within = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`];
  return Object.entries(value).flatMap(([name, inside]) => {
    if (hidden.has(name) || inside === undefined || isEmpty(inside)) return [];
    if (within === 'env' && name === 'value') return [`${indent}value: [not shown]`];
    const label = Array.isArray(value) ? '-' : `${name}:`;
    if (typeof inside !== 'object' || inside === null) return [`${indent}${label} ${String(inside)}`];
    // Entries of a list are within what the list is called.
    return [`${indent}${label}`, ...lines(inside, `${indent}  `, Array.isArray(value) ? within : name)];
  });
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
