import { type HeldAlert, isInhibition, isWaitingPart, type KeeperId } from '../../shared/alerts/index.ts';
import { DAY, type Duration, type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { noteGroups } from './muting-groups.ts';
import { forgottenAt } from './quiets.ts';
import { table } from './table.ts';

/** What is held back of one alert, as it is kept. */
export interface KeptHeld {
  readonly held: HeldAlert;
  /** When it was kept, by whoever decided on it. */
  readonly keptAt: Instant;
  /** In seconds. */
  readonly ttl: number;
}

/** What an alert holds back is of use to nobody later: it is kept for so long after the end that was known, and longer while it is held. What waits: so long. */
const SPARE: Duration = 7 * DAY;

const keyOf = (org: OrganisationId, quiet: KeeperId, fp: string) => schema.heldAlert.key({ org, quiet, fp });

const ttlOf = (quiet: KeeperId, to: Instant): number =>
  Math.ceil((isInhibition(quiet) || isWaitingPart(quiet) ? to + SPARE : forgottenAt({ to })) / SECOND);

/**
 * Keeps what is held back, each in place of what was kept of the same alert before, and which groups of alerts hold some. Never in place
 * of what is newer: of two workers that hear an alert one after the other, the slower may be the one that heard it first.
 */
export async function keepHeld(
  org: OrganisationId,
  held: readonly HeldAlert[],
  keptAt: Instant,
): Promise<void> {
  await allDone(
    held.map((one) => {
      const { quiet, signal, quietTo, from } = one;
      const { at, fingerprint } = signal;
      const row = {
        kind: 'held-alert',
        held: one,
        at,
        keptAt,
        receipt: from.receipt,
        // What waits ends at no time that is known.
        ttl: ttlOf(quiet, isWaitingPart(quiet) ? keptAt : quietTo),
      };
      const isNewest = [{ at: { exists: false } }, { at: { below: at + 1 } }];
      return table.put({ ...keyOf(org, quiet, fingerprint), ...row }, { if: isNewest });
    }),
  );
  await noteGroups(org, held);
}

/** Removes what is held back no longer, unless it was kept anew meanwhile. */
export async function forgetHeld(org: OrganisationId, { quiet, signal, from }: HeldAlert): Promise<void> {
  await table.remove(keyOf(org, quiet, signal.fingerprint), { if: { receipt: { is: from.receipt } } });
}

/** Keeps for longer what is still held back, when little of its time is left. */
export async function keepLonger(org: OrganisationId, { held, ttl }: KeptHeld, now: Instant): Promise<void> {
  const { quiet, signal, from } = held;
  const wanted = ttlOf(quiet, now);
  if (ttl >= wanted - Math.ceil(SPARE / 2 / SECOND)) return;
  await table.update(keyOf(org, quiet, signal.fingerprint), {
    set: { ttl: wanted },
    if: { receipt: { is: from.receipt } },
  });
}

/** What was held back last of these alerts, by fingerprint. */
export async function readHeld(
  org: OrganisationId,
  wanted: readonly { readonly quiet: KeeperId; readonly fingerprint: string }[],
): Promise<ReadonlyMap<string, HeldAlert>> {
  if (wanted.length === 0) return new Map();
  const rows = await table.load<KeptHeld>(
    wanted.map(({ quiet, fingerprint }) => keyOf(org, quiet, fingerprint)),
  );
  return new Map(rows.flatMap((row) => (row ? [[row.held.signal.fingerprint, row.held] as const] : [])));
}

/** The alerts that one held back, by fingerprint, and the one after which there are more. */
export async function heldPage(
  org: OrganisationId,
  quiet: KeeperId,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{
  readonly held: readonly HeldAlert[];
  readonly rows: readonly KeptHeld[];
  readonly next?: string;
}> {
  const { items, next } = await table.query<KeptHeld>({
    ...{ partition: schema.heldAlert.partition({ org, quiet }), prefix: schema.heldAlert.sortPrefix, limit },
    ...(after !== undefined && { after: [schema.heldAlert.sort({ fp: after })] }),
  });
  const last = items.at(-1)?.held.signal.fingerprint;
  return {
    held: items.map(({ held }) => held),
    // Rows of an earlier version do not say when they were kept.
    rows: items.map((row) => ({ ...row, keptAt: row.keptAt ?? row.held.from.receivedAt })),
    ...(next !== undefined && last !== undefined && { next: last }),
  };
}
