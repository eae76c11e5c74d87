import type { AlertEntry, AlertsChanged } from './facts.ts';

/** An entry with the reason for which its alert is in the incident. */
export interface ReasonedEntry extends AlertEntry {
  readonly why: string;
  /** How sure that is, from 0 to 1; absent where nothing else was likely. */
  readonly score?: number;
}

/** What a chunk of entries may take as JSON, so that its fact stays under 2 KB. */
const ROOM = 1_500;

/** The entries as facts: those with the same reason together, as many in one as fit into 2 KB. */
export function chunkEntries(entries: readonly ReasonedEntry[]): readonly AlertsChanged[] {
  const byReason = Map.groupBy(entries, ({ why, score }) => `${score ?? ''} ${why}`);
  return [...byReason.values()].flatMap((group) =>
    pack(group.map(entryAlone)).map((chunk) => chunkFact(group[0], chunk)),
  );
}

const entryAlone = ({ why: _, score: __, ...entry }: ReasonedEntry): AlertEntry => entry;

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

function chunkFact(
  reason: Pick<ReasonedEntry, 'why' | 'score'> | undefined,
  entries: readonly AlertEntry[],
): AlertsChanged {
  const { why = '', score } = reason ?? {};
  return {
    type: 'alerts.changed',
    occurredAt: Math.max(...entries.map(({ at }) => at)),
    data: { why, ...(score !== undefined && { score }), entries },
  };
}
