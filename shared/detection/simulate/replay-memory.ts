import { type HolderId, type Inhibition, isInhibition, type SignalsMessage } from '../../alerts/index.ts';
import { type Incident, isOpen, putOffBy } from '../../incidents/index.ts';
import {
  DAY,
  type IncidentId,
  type Instant,
  MINUTE,
  minuteOf,
  type OrganisationId,
} from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import { type AlertInBatch, DECIDED_AT_ONCE, foldBatch, sliced } from '../batch.ts';
import type { Decision, HeadChange, Settle } from '../decision.ts';
import { NOBODY_BEHIND } from '../held-again.ts';
import { isAboutAny, type MutedPage, mutedPage, unlessMutedStill } from '../inhibition/page.ts';
import { mutesUntil } from '../inhibition/sources.ts';
import { isHeldPage, putOffUntilLasting } from '../lasting.ts';
import { endsBy } from '../occurrence.ts';
import type { Rule } from '../rule.ts';
import { isOnIn } from '../suppressed.ts';
import type { Agenda } from './agenda.ts';
import { DetectionMemory } from './memory.ts';
import type { Setting } from './setting.ts';

/** What comes at a time of its own. */
export type Planned =
  | { readonly do: 'settle'; readonly settle: Settle }
  | { readonly do: 'relate'; readonly incident: IncidentId }
  | { readonly do: 'release'; readonly holder: HolderId; readonly askedAt: Instant }
  | { readonly do: 'look'; readonly holder: Inhibition['id']; readonly dueAt: Instant }
  | { readonly do: 'page'; readonly incident: IncidentId; readonly generation: number }
  | { readonly do: 'ask'; readonly fingerprint: string; readonly end: Instant };

/** The sweep asks every minute what has ended by itself, and what is held back no longer; here so long after that. */
const ASKED: Instant = MINUTE;

/** Alerts of an incident of which it is asked whether all are muted. */
const MOST_ALERTS = 500;

const hashOf = (quiet: Inhibition['id']): string => quiet.slice('inh_'.length);

/** The world in which signals are played again: plans what follows from what is written. */
export class ReplayMemory extends DetectionMemory {
  private readonly agenda: Agenda<Planned>;
  private readonly asked = new Map<string, Instant>();
  private readonly generations = new Set<string>();
  /** When what a group of alerts holds back is looked at next. */
  private readonly groups = new Map<Inhibition['id'], Instant>();

  constructor(org: OrganisationId, rules: readonly Rule[], agenda: Agenda<Planned>, setting: Setting) {
    super(org, rules, setting);
    this.agenda = agenda;
    // As the sweep does: each minute until nobody can decide by what was known before the end.
    for (const { id, to } of this.quiets)
      for (let asked = to + ASKED; asked < to + NOBODY_BEHIND + ASKED; asked += ASKED)
        agenda.plan(asked, { do: 'release', holder: id, askedAt: asked });
  }

  /** Decides what one POST said, so much at once as a worker does. */
  hear(message: SignalsMessage): void {
    const alerts = foldBatch([message]).get(this.org) ?? [];
    for (const part of sliced(alerts, DECIDED_AT_ONCE)) this.decide(part, message.receivedAt);
  }

  /** Whether the first page of a generation was sent. */
  override hasPaged({ id, generation }: Incident): boolean {
    return this.generations.has(`${id} ${generation}`);
  }

  /** Whether somebody was told of an incident that is open and that this alert is in. */
  isAwake(fingerprint: string): boolean {
    return (this.heads.get(fingerprint)?.memberships ?? []).some((one) => {
      const incident = this.incidents.get(this.keptOf(one.incident));
      return incident !== undefined && isOpen(incident) && this.hasPaged(incident);
    });
  }

  /** Notes that it was. */
  paged({ id, generation }: Incident): void {
    this.generations.add(`${id} ${generation}`);
  }

  /** Whether maintenance puts a page off, or alerts that fire by now and mute all of its own: then it comes when that ends. */
  isPutOff(incident: Incident, now: Instant): boolean {
    const later = putOffBy(incident, this.quiets, now) ?? this.mutedBy(incident, now);
    if (later) this.apply(incident.id, [later], now);
    return later !== undefined;
  }

  /** Whether a first page that was held waits on, since none of the alerts has lasted. */
  isStillHeld(incident: Incident, now: Instant): boolean {
    const guard = incident.correlation && this.guards.get(incident.correlation.hash);
    if (!guard || !isHeldPage(incident)) return false;
    const members = this.membersOf(incident.id).flatMap((one) => this.heads.get(one) ?? []);
    const wanted = putOffUntilLasting(incident, guard, members, now);
    if (wanted) this.apply(incident.id, [wanted], now);
    return wanted !== undefined;
  }

  private mutedBy(incident: Incident, now: Instant) {
    if (incident.state !== 'triggered' || !incident.mutable || !incident.next) return undefined;
    const { generation, next } = incident;
    const muted = this.mutedPageOf(incident, now);
    if (!muted) return undefined;
    const heldBy = `inh_${muted.group}` as const;
    for (const [group, until] of muted.groups) this.noteGroup(`inh_${group}`, until, now);
    const later = { step: next.step, dueAt: muted.until, heldBy };
    return { do: 'put-off', generation, next: later, by: muted.why } as const;
  }

  private mutedPageOf({ id }: Incident, now: Instant): MutedPage | undefined {
    const heads = this.alertsOn(id) ?? [];
    return this.inhibitions && heads.length > 0
      ? mutedPage(heads, this.guards, this.inhibitions, now)
      : undefined;
  }

  /** The alerts of an incident that are on and count; undefined where they are not looked at. */
  private alertsOn(id: IncidentId): readonly AlertHead[] | undefined {
    const members = this.membership.of(id);
    if (members.length > MOST_ALERTS || this.membership.hasTakenIn(id)) return undefined;
    return members.flatMap((one) => this.heads.get(one) ?? []).filter((head) => isOnIn(head, id));
  }

  /** What alerts held back is looked at when none of them mutes any longer, or when that was to be asked. */
  override releaseOne(holder: HolderId, askedAt: Instant, now = askedAt): void {
    if (isInhibition(holder)) this.releaseMuted(holder, askedAt, now);
    else super.releaseOne(holder, askedAt, now);
  }

  private releaseMuted(holder: Inhibition['id'], askedAt: Instant, now: Instant): void {
    const dueAt = this.groups.get(holder);
    const isDue = dueAt !== undefined && dueAt <= askedAt;
    const guard = this.guards.get(hashOf(holder));
    const until = guard && mutesUntil(guard, askedAt);
    if (until !== undefined && !isDue) {
      if (dueAt !== undefined && until < dueAt) this.noteGroup(holder, until, now);
      return;
    }
    const holding = dueAt === undefined ? new Set() : this.wake(holder, now);
    super.releaseOne(holder, askedAt, now);
    this.held.tidy(holder, this.heads, askedAt);
    // What was held back anew meanwhile says itself when it is looked at.
    if (dueAt === undefined || this.groups.get(holder) !== dueAt) return;
    if (!holding.has(hashOf(holder)) && this.held.of(holder).length === 0) this.groups.delete(holder);
    else this.noteGroup(holder, until ?? askedAt + (isDue ? DAY : NOBODY_BEHIND), now);
  }

  /** Pages that waited for what has ended before its time come now; which groups hold those that alerts mute as before. */
  private wake(holder: Inhibition['id'], now: Instant): ReadonlySet<string> {
    const holding = new Set<string>();
    for (const incident of this.incidents.values()) {
      const heldBy = incident.state === 'triggered' ? incident.next?.heldBy : undefined;
      if (!heldBy?.startsWith('inh_')) continue;
      const isIts = heldBy === holder || isAboutAny(this.alertsOn(incident.id), hashOf(holder));
      if (!isIts) continue;
      const sooner = putOffBy(incident, this.quiets, now);
      const muted = sooner && this.mutedPageOf(incident, now);
      const wanted = sooner && unlessMutedStill(incident, sooner, muted);
      if (wanted) this.apply(incident.id, [wanted], now);
      if (wanted !== sooner) for (const group of muted?.groups.keys() ?? []) holding.add(group);
    }
    return holding;
  }

  /** What was due by now is looked at with the next minute, as the sweep does it. */
  private noteGroup(holder: Inhibition['id'], dueAt: Instant, now: Instant): void {
    if (this.groups.get(holder) === dueAt) return;
    this.groups.set(holder, dueAt);
    const at = Math.max(dueAt + ASKED, (minuteOf(now) + 1) * MINUTE);
    this.agenda.plan(at, { do: 'look', holder, dueAt });
  }

  /**
   * Looks at what a group holds back that was due. One that is due at another time by now is looked at then: groups that hold the same
   * alerts would have each other looked at twice as often with each minute.
   */
  lookAt(holder: Inhibition['id'], dueAt: Instant, now: Instant): void {
    if (this.groups.get(holder) === dueAt) this.releaseOne(holder, now);
  }

  protected override decide(alerts: readonly AlertInBatch[], now: Instant): Decision {
    const decision = super.decide(alerts, now);
    for (const [quiet, some] of Map.groupBy(decision.held, (one) => one.quiet))
      if (isInhibition(quiet)) this.noteGroup(quiet, Math.max(...some.map(({ quietTo }) => quietTo)), now);
    return decision;
  }

  /** Asks whether an alert has ended by itself, unless that was told to go on meanwhile. */
  askOf(fingerprint: string, end: Instant, now: Instant): void {
    // It was to be asked earlier meanwhile, and what was planned then went on from there.
    if (this.asked.get(fingerprint) !== end) return;
    this.asked.delete(fingerprint);
    const ends = this.endOf(fingerprint);
    if (ends !== undefined && ends <= end) this.ask([fingerprint], now);
    const next = this.endOf(fingerprint);
    if (next !== undefined && next > end) this.planAsking(fingerprint, next);
  }

  private endOf(fingerprint: string): Instant | undefined {
    const head = this.heads.get(fingerprint);
    return head && endsBy(head);
  }

  protected override apply(id: IncidentId, ...more: Tail<Parameters<DetectionMemory['apply']>>): void {
    const before = this.incidents.get(id);
    super.apply(id, ...more);
    this.planPage(before, this.incidents.get(id));
  }

  protected override putHead(change: HeadChange): void {
    super.putHead(change);
    const next = endsBy(change.head);
    if (next !== undefined) this.planAsking(change.head.fingerprint, next);
  }

  private planAsking(fingerprint: string, end: Instant): void {
    if ((this.asked.get(fingerprint) ?? Number.POSITIVE_INFINITY) <= end) return;
    this.asked.set(fingerprint, end);
    this.agenda.plan(end + ASKED, { do: 'ask', fingerprint, end });
  }

  private planPage(before: Incident | undefined, after: Incident | undefined): void {
    if (after?.state !== 'triggered' || after.next === undefined) return;
    const { id: incident, generation, next } = after;
    const isPlanned = before?.state === 'triggered' && before.next?.dueAt === next.dueAt;
    if (isPlanned && before.generation === generation) return;
    this.agenda.plan(next.dueAt, { do: 'page', incident, generation });
  }
}

type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;
