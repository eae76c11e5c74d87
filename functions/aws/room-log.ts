import type { LoggedFact, RoomFact } from '../../shared/incidents/index.ts';
import {
  type IncidentId,
  type Instant,
  type OrganisationId,
  Refusal,
  SECOND,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { factRow, logged, type Recording, type Way } from './incident-rows.ts';
import { closeNumbers, reserve } from './sequence.ts';
import { table, type Write } from './table.ts';

/** How often facts are put under other numbers after theirs were closed. */
const ATTEMPTS = 8;

/** Seconds that a repeated client message is recognised. */
const GUARD_LIFE = 2 * 24 * 3600;

/** What is to be recorded, and what is to be written in the same transaction under the numbers that it gets. */
export interface RoomDecision {
  readonly facts: readonly RoomFact[];
  readonly also?: (facts: readonly LoggedFact[]) => readonly Write[];
}

/** The new room facts and how they are told, or the number of the fact that the client's message became when it came before. */
export type RoomOutcome =
  | { readonly recorded: readonly LoggedFact[]; readonly way: Way }
  | { readonly earlier: number };

export interface RoomRecording extends Recording {
  readonly clientMessageId?: string;
  /** How a fact with this number is told; by the stream when left out. */
  readonly wayOf?: (seq: number) => Way;
}

/** Puts one room fact under the next number. A message that its client sends again is found by its id and recorded once. */
export async function recordRoom(
  org: OrganisationId,
  id: IncidentId,
  fact: RoomFact,
  options: RoomRecording & {
    /** Further writes of the same transaction; what they are guarded by may fail only when `clientMessageId` came before. */
    readonly also?: readonly Write[];
  },
): Promise<{ readonly recorded: LoggedFact } | { readonly earlier: number }> {
  const { also = [], ...recording } = options;
  const decision = { facts: [fact], also: () => also };
  const outcome = await recordDecided(org, id, async () => decision, recording);
  if ('earlier' in outcome) return outcome;
  const [recorded] = outcome.recorded;
  if (!recorded) throw new Error('A fact was not recorded');
  return { recorded };
}

/**
 * Decides, and puts the facts under the next numbers, without the incident's head. When another writer was faster with what the
 * decision rests on, it is made anew.
 */
export async function recordDecided(
  org: OrganisationId,
  id: IncidentId,
  decide: () => Promise<RoomDecision>,
  options: RoomRecording,
): Promise<RoomOutcome> {
  const { clientMessageId, now } = options;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const guard =
      clientMessageId === undefined ? undefined : schema.messageGuard.key({ org, inc: id, clientMessageId });
    const earlier = guard && (await table.get<MessageGuardRow>(guard));
    if (earlier && earlier.ttl >= secondsOf(now)) return { earlier: earlier.seq };
    const { facts, also } = await decide();
    if (facts.length === 0) {
      if ((await table.transact(also?.([]) ?? [])).committed) return { recorded: [], way: 'stream' };
      continue;
    }
    const first = await reserve(org, id, facts.length);
    const way = options.wayOf?.(first + facts.length - 1) ?? 'stream';
    const numbered = facts.map((fact, i) => logged(org, id, first + i, fact, options));
    const { committed } = await table.transact([
      ...numbered.map((fact) => ({ put: factRow(fact, way), ifNew: true })),
      ...(guard ? [onceWrite(guard, first, now)] : []),
      ...(also?.(numbered) ?? []),
    ]);
    if (committed) return { recorded: numbered, way };
    await closeNumbers(
      org,
      id,
      numbered.map(({ seq }) => seq),
      options,
    );
  }
  throw new Refusal('unavailable', 'The message could not be stored; send it again with the same id.');
}

interface MessageGuardRow {
  readonly seq: number;
  readonly ttl: number;
}

const secondsOf = (now: Instant): number => Math.ceil(now / SECOND);

/** The store deletes late what has run out, so the time is compared. */
function onceWrite(guard: ReturnType<typeof schema.messageGuard.key>, seq: number, now: Instant): Write {
  return {
    put: { ...guard, seq, ttl: secondsOf(now) + GUARD_LIFE },
    if: [{ pk: { exists: false } }, { ttl: { below: secondsOf(now) } }],
  };
}
