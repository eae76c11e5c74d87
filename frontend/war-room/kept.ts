import type { WritingFrame } from '../../shared/war-room/index.ts';

/** What of a room survives a reload of its page: what was typed and what was not recorded yet. */
export interface Kept {
  readonly draft: string;
  readonly outbox: readonly WritingFrame[];
}

const nothing: Kept = { draft: '', outbox: [] };

/** Where browsers keep text for one tab. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (incident: string): string => `room ${incident}`;

/** Reads what was kept of a room; what cannot be read is nothing. */
export function readKept(storage: Storage, incident: string): Kept {
  try {
    const kept: unknown = JSON.parse(storage.getItem(nameOf(incident)) ?? 'null');
    return isKept(kept) ? kept : nothing;
  } catch (error) {
    if (error instanceof SyntaxError) return nothing;
    throw error;
  }
}

/** Keeps it; nothing is kept of nothing. */
export function keep(storage: Storage, incident: string, kept: Kept): void {
  if (kept.draft === '' && kept.outbox.length === 0) storage.removeItem(nameOf(incident));
  else storage.setItem(nameOf(incident), JSON.stringify(kept));
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'draft' in value &&
    typeof value.draft === 'string' &&
    'outbox' in value &&
    Array.isArray(value.outbox)
  );
}
