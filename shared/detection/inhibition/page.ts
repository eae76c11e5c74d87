import { longestAt } from '../../alerts/index.ts';
import type { Incident, IncidentCommand } from '../../incidents/index.ts';
import { type Instant, isSame } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { Draft } from '../draft.ts';
import type { Guard } from '../guard.ts';
import type { Received } from '../match.ts';
import type { Inhibitions } from './inhibitions.ts';
import { mutedBy } from './sources.ts';

/** The groups that a head names. */
const MOST_MUTABLE = 3;

/** Notes on the head in which groups others mute its newest firing: these may begin to before its page is sent. */
export function noteMutable(draft: Draft, fingerprint: string, firings: readonly Received[]): void {
  const head = draft.head(fingerprint);
  const newest = firings.at(-1);
  const { inhibitions } = draft.loaded;
  if (!head || !newest || !inhibitions || head.firings.some((at) => at > newest.signal.at)) return;
  const { mutable: before = [], ...rest } = head;
  const groups = inhibitions.targetsOf(newest).slice(0, MOST_MUTABLE);
  const mutable = groups.map(({ hash, content }) => [hash, content] as const);
  if (isSame(before, mutable)) return;
  draft.put(mutable.length > 0 ? { ...rest, mutable } : rest);
}

/** What keeps a page back because other alerts fire, until when as far as is known, and by which group. */
export interface MutedPage {
  readonly group: string;
  readonly until: Instant;
  readonly why: string;
  /** All groups that hold one of the alerts, and until when: the end of any of them may let the page go. */
  readonly groups: ReadonlyMap<string, Instant>;
}

/**
 * What mutes all alerts that fire in an incident at the moment when it would page first; undefined when one of them is muted by
 * nothing. Only rules in force count. It ends when the first of them is muted no longer.
 */
export function mutedPage(
  heads: readonly AlertHead[],
  guards: ReadonlyMap<string, Guard>,
  inhibitions: Inhibitions,
  now: Instant,
): MutedPage | undefined {
  let first: Omit<MutedPage, 'groups'> | undefined;
  const groups = new Map<string, Instant>();
  for (const head of heads) {
    const holders = (head.mutable ?? []).flatMap(([hash, content]) => {
      const rule = inhibitions.nameOf(content);
      const sources = guards.get(hash)?.sources ?? [];
      return rule === undefined
        ? []
        : mutedBy({ hash, rule }, sources, head).map((one) => ({ ...one, hash }));
    });
    const holder = longestAt(holders, now);
    if (!holder) return undefined;
    for (const { hash, from, to } of holders)
      if (from <= now && now < to) groups.set(hash, Math.max(to, groups.get(hash) ?? 0));
    if (first === undefined || holder.to < first.until)
      first = { group: holder.hash, until: holder.to, why: holder.comment };
  }
  return first && { ...first, groups };
}

/**
 * Whether the end of a group may let a page go that others hold: one of its alerts may be muted in that. Where they are not looked at,
 * nothing mutes the page.
 */
export const isAboutAny = (heads: readonly AlertHead[] | undefined, group: string): boolean =>
  heads?.some(({ mutable = [] }) => mutable.some(([hash]) => hash === group)) ?? true;

type PutOff = Extract<IncidentCommand, { do: 'put-off' }>;

/**
 * What a page becomes that would go on since what held it was asked anew: nothing where alerts mute it as before, or what ends sooner
 * by now. What others mute by now goes on, and whoever takes the step notes those.
 */
export function unlessMutedStill(
  incident: Incident,
  wanted: PutOff,
  muted: MutedPage | undefined,
): PutOff | undefined {
  if (incident.state !== 'triggered' || !incident.next || wanted.next.heldBy !== undefined) return wanted;
  const { step, heldBy, dueAt } = incident.next;
  if (!muted || heldBy !== `inh_${muted.group}`) return wanted;
  if (muted.until >= dueAt) return undefined;
  return { ...wanted, next: { step, dueAt: muted.until, heldBy }, by: muted.why };
}
