import {
  type Actor,
  clippedWords,
  DAY,
  type Duration,
  HOUR,
  type Id,
  type Instant,
} from '../../kernel/index.ts';
import { type Matcher, matches, type Subject } from './matcher.ts';

interface Period {
  /** The first instant for which it holds. */
  readonly from: Instant;
  /** The first instant for which it does not hold any more. */
  readonly to: Instant;
  readonly comment: string;
  readonly createdBy: Actor;
  readonly createdAt: Instant;
  /** Who changed it last, and when. */
  readonly changedBy?: Actor;
  readonly changedAt?: Instant;
  /** Who ended it before its time. */
  readonly endedBy?: Actor;
  /** From 1; moved by each change. */
  readonly version: number;
}

/** Keeps alerts that fit all its matchers from opening or joining an incident while it lasts. */
export interface Silence extends Period {
  readonly kind: 'silence';
  readonly id: Id<'silence'>;
  readonly matchers: readonly Matcher[];
  /** For each alert it ends with the first resolve after its beginning, and for all in its end. */
  readonly untilResolved?: true;
}

/** Keeps alerts of these services back, and the escalations of their incidents still, while it lasts. */
export interface MaintenanceWindow extends Period {
  readonly kind: 'maintenance';
  readonly id: Id<'maintenanceWindow'>;
  /** In the form in which services are compared. */
  readonly services: readonly string[];
}

/** What keeps alerts quiet for a time. */
export type Quiet = Silence | MaintenanceWindow;
export type QuietId = Quiet['id'];

/** Keeps alerts back while another one fires, by a rule of the configuration. It is nobody's own, and made for each group of them. */
export interface Inhibition {
  readonly kind: 'inhibition';
  readonly id: `inh_${string}`;
  readonly from: Instant;
  readonly to: Instant;
  /** Which rule, and what fires. */
  readonly comment: string;
}

/** What holds alerts back. */
export type Holder = Quiet | Inhibition;
export type HolderId = Holder['id'];

/** Whether alerts hold it back, and nothing that a person said. */
export const isInhibition = (id: KeeperId): id is Inhibition['id'] => id.startsWith('inh_');

/** What waits for the threshold of a rule is kept as what is held back, in parts. */
export type WaitingPart = `wait_${number}`;

/** Under what an alert is kept that came into no incident. */
export type KeeperId = HolderId | WaitingPart;

export const isWaitingPart = (id: KeeperId): id is WaitingPart => id.startsWith('wait_');

export const quietStates = ['pending', 'active', 'expired'] as const;
export type QuietState = (typeof quietStates)[number];

/** Bounds on what keeps alerts quiet: how many of an organisation are not over, how long one lasts, and how long it is remembered. */
export const quietLimits = {
  active: 500,
  matchers: 20,
  services: 50,
  longest: 366 * DAY,
  untilResolved: 7 * DAY,
  remembered: 90 * DAY,
} as const;

/** What is over is still asked after for so long: what it held back may come late. */
export const QUIET_TAIL: Duration = HOUR;

/** How it stands at a time. */
export function quietStateOf({ from, to }: Pick<Quiet, 'from' | 'to'>, now: Instant): QuietState {
  if (to <= now) return 'expired';
  return from <= now ? 'active' : 'pending';
}

/** Whether it is about such an alert, whatever the time. */
export function isAbout(quiet: Holder, subject: Subject): boolean {
  if (quiet.kind === 'inhibition') return true;
  if (quiet.kind === 'silence') return quiet.matchers.every((matcher) => matches(matcher, subject));
  const { service } = subject.fields;
  return service !== undefined && quiet.services.includes(service);
}

/** The end of all maintenance of a service that begins with what holds at this instant; undefined when none does. */
export function maintainedUntil(
  quiets: readonly Quiet[],
  service: string | undefined,
  now: Instant,
): { readonly until: Instant; readonly by: MaintenanceWindow } | undefined {
  if (service === undefined) return undefined;
  const windows = quiets.filter(
    (one): one is MaintenanceWindow => one.kind === 'maintenance' && one.services.includes(service),
  );
  let found: { readonly until: Instant; readonly by: MaintenanceWindow } | undefined;
  for (let at = now; ; at = found.until) {
    const by = longestAt(windows, at);
    if (!by) return found;
    found = { until: by.to, by: found?.by ?? by };
  }
}

/** Of those that hold at an instant the one that lasts longest. */
export function longestAt<Some extends Pick<Holder, 'from' | 'to'>>(
  quiets: readonly Some[],
  at: Instant,
): Some | undefined {
  let longest: Some | undefined;
  for (const one of quiets)
    if (one.from <= at && at < one.to && (longest === undefined || one.to > longest.to)) longest = one;
  return longest;
}

/** What people call it, with its comment; in at most so many bytes (100 or more), so that only the comment is cut. */
export function quietName(
  { kind, id, comment }: Pick<Holder, 'kind' | 'id' | 'comment'>,
  bytes: number = Number.POSITIVE_INFINITY,
): string {
  if (kind === 'inhibition') return comment;
  const name = `${kind === 'silence' ? 'Silence' : 'Maintenance window'} ${id}`;
  const room = bytes - name.length - ' ()'.length;
  return `${name} (${Number.isFinite(room) ? clippedWords(comment, room) : comment})`;
}
