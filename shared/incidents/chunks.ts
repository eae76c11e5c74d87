import type { AlertEntry, AlertsChanged } from './facts.ts';

/** An entry with the reason for which its alert is in the incident. */
export interface ReasonedEntry extends AlertEntry {
  readonly why: string;
}

/** What a chunk of entries may take as JSON, so that its fact stays under 2 KB. */
const ROOM = 1_500;

/** The entries as facts: those with the same reason together, as many in one as fit into 2 KB. */
export function chunkEntries(entries: readonly ReasonedEntry[]): readonly AlertsChanged[] {
  const byReason = new Map<string, AlertEntry[]>();
  for (const { why, ...entry } of entries) byReason.set(why, [...(byReason.get(why) ?? []), entry]);
  return [...byReason].flatMap(([why, group]) => pack(group).map((chunk) => chunkFact(why, chunk)));
}

function pack(entries: readonly AlertEntry[]): readonly (readonly AlertEntry[])[] {
  const chunks: AlertEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const size = JSON.stringify(entry).length;
    if (size > room) {
      chunks.push([]);
      room = ROOM;
    }
    chunks.at(-1)?.push(entry);
    room -= size;
  }
  return chunks;
}

function chunkFact(why: string, entries: readonly AlertEntry[]): AlertsChanged {
  return {
    type: 'alerts.changed',
    occurredAt: Math.max(...entries.map(({ at }) => at)),
    data: { why, entries },
  };
}
