import type { LoggedFact, RoomFact } from '../../shared/incidents/index.ts';
import {
  type IncidentId,
  type Instant,
  type OrganisationId,
  Refusal,
  SECOND,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { factRow, logged, type Recording } from './incident-rows.ts';
import { closeNumbers, reserve } from './sequence.ts';
import { table, type Write } from './table.ts';

/** How often a fact is put under another number after its number was closed. */
const ATTEMPTS = 8;

/** Seconds that a repeated client message is recognised. */
const GUARD_LIFE = 2 * 24 * 3600;

/** The new room fact, or the number of the fact that the client's message became when it came before. */
export type RoomOutcome = { readonly recorded: LoggedFact } | { readonly earlier: number };

/**
 * Puts a room fact under the next number, without the incident's head. A message that its client sends again is found by its
 * id and recorded once.
 */
export async function recordRoom(
  org: OrganisationId,
  id: IncidentId,
  fact: RoomFact,
  options: Recording & {
    readonly clientMessageId?: string;
    /** Further writes of the same transaction; what they are guarded by may fail only when `clientMessageId` came before. */
    readonly also?: readonly Write[];
  },
): Promise<RoomOutcome> {
  const { clientMessageId, now, also = [] } = options;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const guard =
      clientMessageId === undefined ? undefined : schema.messageGuard.key({ org, inc: id, clientMessageId });
    const earlier = guard && (await table.get<MessageGuardRow>(guard));
    if (earlier && earlier.ttl >= secondsOf(now)) return { earlier: earlier.seq };
    const seq = await reserve(org, id, 1);
    const numbered = logged(org, id, seq, fact, options);
    const once: Write[] = guard
      ? [{ put: { ...guard, seq, ttl: secondsOf(now) + GUARD_LIFE }, if: newOrOver(now) }]
      : [];
    const { committed } = await table.transact([{ put: factRow(numbered), ifNew: true }, ...once, ...also]);
    if (committed) return { recorded: numbered };
    await closeNumbers(org, id, [seq], options);
  }
  throw new Refusal('unavailable', 'The message could not be stored; send it again with the same id.');
}

interface MessageGuardRow {
  readonly seq: number;
  readonly ttl: number;
}

const secondsOf = (now: Instant): number => Math.ceil(now / SECOND);

/** The store deletes late what has run out, so the time is compared. */
const newOrOver = (now: Instant) => [{ pk: { exists: false } }, { ttl: { below: secondsOf(now) } }];
