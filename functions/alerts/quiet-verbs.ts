import {
  changedQuiet,
  endedQuiet,
  type Quiet,
  type QuietChange,
  type QuietState,
  quietLimits,
  quietStateOf,
  type ReleaseMessage,
  shareOfAll,
} from '../../shared/alerts/index.ts';
import {
  type Actor,
  type Ctx,
  type Instant,
  type OrganisationId,
  Refusal,
} from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { sendTo } from '../aws/queue.ts';
import { readExpired, readInForce, readQuiet, writeQuiet } from '../aws/quiets.ts';
import { setting } from '../aws/settings.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';

type Kind = Quiet['kind'];
type Of<Some extends Kind> = Extract<Quiet, { readonly kind: Some }>;

const isOf = <Some extends Kind>(quiet: Quiet, kind: Some): quiet is Of<Some> => quiet.kind === kind;

const names: Readonly<Record<Kind, string>> = { silence: 'silence', maintenance: 'maintenance window' };

/** One of a kind by its id; `not_found` when the organisation has none. */
export async function loadQuiet<Some extends Kind>(
  org: OrganisationId,
  kind: Some,
  id: string,
  now: Instant,
): Promise<Of<Some>> {
  const found = await readQuiet(org, id, now);
  if (found && isOf(found.quiet, kind)) return found.quiet;
  throw new Refusal('not_found', `There is no ${names[kind]} '${id}' here.`, 'path.id');
}

/** How often a change is tried again when others write at the same time. */
const ATTEMPTS = 6;

/** Makes one, unless there are too many. */
export async function makeQuiet(org: OrganisationId, quiet: Quiet): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = await readInForce(org, quiet.createdAt);
    if (there.some(({ id }) => id === quiet.id)) return;
    if (there.length >= quietLimits.active)
      throw new Refusal(
        'limit',
        `There are ${there.length} silences and maintenance windows that are not over; at most ${quietLimits.active} may be. End some, or use one with a pattern.`,
      );
    refuseDear(there, quiet);
    if (await writeQuiet(org, undefined, quiet, quiet.to)) return;
  }
  throw lostRaces();
}

/** Whether it has other matchers than before. */
const isDearer = (before: Quiet, after: Quiet): boolean =>
  after.kind === 'silence' && before.kind === 'silence' && before.matchers !== after.matchers;

/** Each alert is compared with all of them, so together they may not take long. One that only compares values is taken in any case. */
function refuseDear(others: readonly Quiet[], added: Quiet): void {
  const shareOf = (all: readonly Quiet[]) =>
    shareOfAll(all.flatMap((one) => (one.kind === 'silence' ? one.matchers : [])));
  const share = shareOf([...others, added]);
  if (share <= 1 || share <= shareOf(others)) return;
  throw new Refusal(
    'limit',
    `All silences that are not over would take ${Math.ceil(share * 100)} % of the time that they may. Use fewer patterns, or compare whole values with "=".`,
    'body.matchers',
  );
}

const lostRaces = () => new Refusal('conflict', 'Others change silences at this moment; try again.');

/** Changes one, and has what it holds back looked at. */
export async function changeQuiet<Some extends Kind>(
  { org, actor: by }: Pick<Ctx, 'org' | 'actor'>,
  kind: Some,
  id: string,
  change: QuietChange,
): Promise<Of<Some>> {
  return rewrite(org, kind, id, (quiet, now) => changedQuiet(quiet, change, { by, now }));
}

/** Ends one now, if it is not over, and has what it held back looked at. */
export async function endQuiet(org: OrganisationId, kind: Kind, id: string, by: Actor): Promise<void> {
  await rewrite(org, kind, id, (quiet, now) => endedQuiet(quiet, { by, now }));
}

async function rewrite<Some extends Kind>(
  org: OrganisationId,
  kind: Some,
  id: string,
  next: (quiet: Of<Some>, now: Instant) => Of<Some> | undefined,
): Promise<Of<Some>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = clock.now();
    const before = await loadQuiet(org, kind, id, now);
    const after = next(before, now);
    if (!after || after === before) return before;
    if (isDearer(before, after)) {
      const others = (await readInForce(org, now)).filter((one) => one.id !== after.id);
      refuseDear(others, after);
    }
    if (!(await writeQuiet(org, before, after, now))) continue;
    // The sweep asks too: whoever decides by what was before is not waited for here.
    const body: ReleaseMessage = { kind: 'release', org, quiet: after.id, askedAt: now };
    await sendTo(setting('alertQueue')).send([{ body, group: org }]);
    return after;
  }
  throw lostRaces();
}

interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: QuietState | undefined;
}

/** A page of those of one kind: not over and by their end, or over and newest first. */
export async function listQuiets<Some extends Kind>(
  { org }: Pick<Ctx, 'org'>,
  kind: Some,
  { limit, cursor, state }: Asked,
): Promise<{ readonly quiets: readonly Of<Some>[]; readonly next?: string }> {
  const now = clock.now();
  const listing = { org, of: { list: kind, state } };
  const [before] = cursor === undefined ? [] : readCursor(listing, cursor);
  if (state === 'expired') {
    const page = await readExpired(org, { now, limit, ...(before !== undefined && { before }) });
    const quiets = page.quiets.filter((quiet) => isOf(quiet, kind));
    return { quiets, ...(page.next !== undefined && { next: writeCursor(listing, [page.next]) }) };
  }
  const all = (await readInForce(org, now)).filter((quiet) => isOf(quiet, kind));
  const wanted = all.filter((quiet) => {
    const own = quietStateOf(quiet, now);
    return own !== 'expired' && (state === undefined || own === state);
  });
  const from = before === undefined ? 0 : wanted.findIndex(({ id }) => id === before) + 1;
  const quiets = wanted.slice(from, from + limit);
  const last = quiets.at(-1);
  return {
    quiets,
    ...(last && from + limit < wanted.length && { next: writeCursor(listing, [last.id]) }),
  };
}
