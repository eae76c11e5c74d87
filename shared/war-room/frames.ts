import type { FactView } from '../incidents/index.ts';
import type { IncidentId } from '../kernel/index.ts';
import { PROTOCOL_VERSION, type ServerMessage } from './protocol.ts';

/** The most bytes of facts in one frame; API Gateway's frames have 32 KB. */
export const FRAME_BYTES = 30_000;

/**
 * One frame with the facts of one incident, in order. What does not fit is left out from the first one that does not: `last`
 * tells the client that there is more to ask for.
 */
export function factsFrame(
  type: 'joined' | 'facts',
  incident: IncidentId,
  facts: readonly FactView[],
  known = 0,
): ServerMessage {
  const ordered = facts.toSorted((a, b) => a.seq - b.seq);
  const last = Math.max(known, ordered.at(-1)?.seq ?? 0);
  return { v: PROTOCOL_VERSION, type, incident, facts: fitting(ordered), last };
}

function fitting(facts: readonly FactView[]): FactView[] {
  let bytes = 0;
  const end = facts.findIndex((fact) => {
    bytes += new TextEncoder().encode(JSON.stringify(fact)).length + 1;
    return bytes > FRAME_BYTES;
  });
  return facts.slice(0, end === -1 ? undefined : end);
}
