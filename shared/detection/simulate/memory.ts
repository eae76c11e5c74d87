import type { HolderId, Quiet, SignalsMessage } from '../../alerts/index.ts';
import {
  asksToRelate,
  decideIncident,
  evolveIncident,
  type Incident,
  type IncidentCommand,
  isOpen,
  type ReasonedEntry,
} from '../../incidents/index.ts';
import { type IncidentId, type Instant, type OrganisationId, system } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import { type AlertInBatch, ASKED_AT_ONCE, foldBatch, sliced, unsaid } from '../batch.ts';
import { untold } from '../cooldown.ts';
import { LOOKING_AROUND } from '../correlation/beside.ts';
import type { Correlating } from '../correlation/index.ts';
import { lookingFor, needNeighbours } from '../correlation/join.ts';
import { byAge, decideMerge, type Relationship, type Side, surest } from '../correlation/merge.ts';
import { decideSignals } from '../decide.ts';
import type { Decision, HeadChange, IncidentChange, Loaded, Settle } from '../decision.ts';
import type { FlappingSettings } from '../flapping.ts';
import { type Guard, isOpenWindow, windowOf } from '../guard.ts';
import type { Inhibitions } from '../inhibition/inhibitions.ts';
import { endsBy, type Occurrence } from '../occurrence.ts';
import type { Rule } from '../rule.ts';
import { stormName } from '../storm-counts.ts';
import { heldFirings } from '../suppression.ts';
import { Held } from './held.ts';
import { Membership } from './membership.ts';
import { OpenIncidents } from './open-incidents.ts';
import type { Setting } from './setting.ts';
import { Settling } from './settling.ts';
import { Slots } from './slots.ts';

/** Whether something of it is held back that did not go free when that ended. */
const isStillHeld = ({ suppressed }: AlertHead): boolean =>
  suppressed !== undefined && !suppressed.released?.includes(suppressed.until);

/** The world that detection decides in, kept in maps: what the table does, without a table. One writer at a time. */
export class DetectionMemory {
  readonly org: OrganisationId;
  readonly rules: readonly Rule[];
  readonly heads = new Map<string, AlertHead>();
  readonly guards = new Map<string, Guard>();
  private readonly counted = new Slots();
  readonly slots = this.counted.byHash;
  readonly incidents = new Map<IncidentId, Incident>();
  readonly entries = new Map<IncidentId, ReasonedEntry[]>();
  /** Past occurrences of each alert by their beginning, as rows beside its head. */
  readonly past = new Map<string, Map<Instant, Occurrence>>();
  private readonly openingCounts = new Map<string, readonly string[]>();
  protected readonly membership = new Membership();
  private waiting: Settle[] = [];
  private number = 0;
  readonly correlating: Correlating | undefined;
  /** What keeps alerts quiet. */
  quiets: readonly Quiet[];
  /** How many incidents alerts of one integration may open in a minute before it is a storm; undefined: any number. */
  stormLimit: number | undefined;
  private readonly flapping: FlappingSettings | undefined;
  protected readonly inhibitions: Inhibitions | undefined;
  private ended: HolderId[] = [];
  protected readonly held = new Held();
  private readonly open = new OpenIncidents();
  private readonly settling: Settling;
  private opened: IncidentId[] = [];

  constructor(
    org: OrganisationId,
    rules: readonly Rule[],
    { correlating, quiets = [], stormLimit, flapping, inhibitions }: Setting = {},
  ) {
    this.org = org;
    this.rules = rules;
    this.correlating = correlating;
    this.quiets = quiets;
    this.stormLimit = stormLimit;
    this.flapping = flapping;
    this.inhibitions = inhibitions;
    this.settling = new Settling({ heads: this.heads, membership: this.membership, flapping });
  }

  /** Decides a batch and writes what was decided. */
  receive(messages: readonly SignalsMessage[], now: Instant): Decision {
    return this.decide(foldBatch(messages).get(this.org) ?? [], now);
  }

  /** Asks of all alerts that end by themselves by now whether they have, and what is held back of others, as the sweep does. */
  lapse(now: Instant): void {
    const due = [...this.heads.values()].filter(
      (head) => (endsBy(head) ?? Number.POSITIVE_INFINITY) <= now || isStillHeld(head),
    );
    const fingerprints = due.map(({ fingerprint }) => fingerprint);
    if (fingerprints.length > 0) this.ask(fingerprints, now);
  }

  /** A question of the sweep, which may have waited. */
  ask(fingerprints: readonly string[], askedAt: Instant, now = askedAt): void {
    this.decide(unsaid(fingerprints, askedAt), now);
  }

  /** What asks to be settled since this was called last. */
  settles(): readonly Settle[] {
    const settles = this.waiting;
    this.waiting = [];
    return settles;
  }

  /** The incidents that may belong to others since this was called last: each is to be related to what is open beside it. */
  relates(): readonly IncidentId[] {
    const opened = [...new Set(this.opened)];
    this.opened = [];
    return opened;
  }

  /** What held alerts back and ended since this was called last: a while later those are to be looked at again. */
  releases(): readonly HolderId[] {
    const ended = this.ended;
    this.ended = [];
    return [...new Set(ended)];
  }

  /** Looks at what this held back, as it was asked for at a time, some at once as the worker does. */
  releaseOne(holder: HolderId, askedAt: Instant, now = askedAt): void {
    for (const part of sliced(unsaid(this.held.of(holder), askedAt), ASKED_AT_ONCE)) this.decide(part, now);
  }

  /** Looks whether an incident belongs to others that are open beside it. */
  relateOne(asked: IncidentId, now: Instant): void {
    for (let tried = true; tried; ) {
      const incident = this.incidents.get(this.keptOf(asked));
      if (!this.correlating || !incident || !isOpen(incident)) return;
      const { graph } = this.correlating;
      const beside = this.open.near(incident, graph).flatMap((one) => this.incidents.get(one) ?? []);
      const best = surest(incident, beside, this.correlating, { quiets: this.quiets, now });
      tried = best !== undefined && this.merge(incident.id, best, now);
    }
  }

  private merge(id: IncidentId, { other, evidence }: Relationship, now: Instant): boolean {
    const [own, its] = [this.sideOf(id), this.sideOf(other.id)];
    if (!own || !its) return false;
    const [keep, gone] = byAge(own, its);
    const merged = decideMerge(keep, gone, evidence, now);
    for (const guard of merged.guards) this.putGuard(guard);
    this.apply(merged.keep, merged.keepDoes, now);
    this.apply(merged.gone, merged.goneDoes, now);
    return true;
  }

  private sideOf(id: IncidentId): Side<Incident> | undefined {
    const incident = this.incidents.get(id);
    const guard = incident?.correlation && this.guards.get(incident.correlation.hash);
    const window = guard && windowOf(guard, id);
    return incident && window && isOpenWindow(window) ? { incident, guard, window } : undefined;
  }

  /** The incident that this one was merged into, if any; else itself. */
  keptOf(incident: IncidentId): IncidentId {
    return this.membership.keptOf(incident);
  }

  /** The alerts that ever joined an incident or one that was merged into it. */
  membersOf(incident: IncidentId): readonly string[] {
    return this.membership.of(incident);
  }

  /** Looks whether an incident is over. */
  settleOne(settle: Settle, now: Instant): void {
    const incident = this.membership.keptOf(settle.incident);
    const { hash = settle.correlation } = this.incidents.get(incident)?.correlation ?? {};
    const guard = this.guards.get(hash);
    if (!guard || !windowOf(guard, incident)) return;
    const look = this.settling.look(guard, settle, incident, now);
    if (look === undefined) return;
    if ('again' in look) return void this.waiting.push(look.again);
    const { command, guard: after } = look.settled;
    const known = this.incidents.get(incident);
    const isUntold = command?.do === 'resolve' && known?.state === 'triggered' && !this.hasPaged(known);
    if (command) this.apply(incident, [command], now);
    this.putGuard(isUntold ? untold(after, incident) : after);
  }

  /** Whether anybody heard of a generation of an incident. */
  protected hasPaged(_: Incident): boolean {
    return true;
  }

  /** The facts of these commands change an incident; a rule of its own may look at it in between. */
  protected apply(
    id: IncidentId,
    commands: readonly Parameters<typeof decideIncident>[1][],
    now: Instant,
  ): void {
    for (const command of commands) {
      for (const fact of decideIncident(this.incidents.get(id), command, now)) {
        const recorded = { org: this.org, incidentId: id, actor: system('detection'), recordedAt: now };
        this.incidents.set(id, evolveIncident(this.incidents.get(id), fact, recorded));
        if (asksToRelate(fact)) this.opened.push(id);
        if (fact.type === 'incident.merged') this.membership.merge(id, fact.data.into);
        this.settling.incident(id);
        this.open.put(this.incidents.get(id));
      }
    }
  }

  protected putGuard(guard: Guard): void {
    this.guards.set(guard.hash, { ...guard, version: guard.version + 1 });
    for (const { incident } of guard.windows) this.settling.incident(incident);
  }

  protected decide(alerts: readonly AlertInBatch[], now: Instant): Decision {
    const decision = decideSignals(alerts, this.load(alerts), now);
    for (const { integration, minute, alerts: names } of decision.openings) {
      const name = stormName(integration, minute);
      this.openingCounts.set(name, [...(this.openingCounts.get(name) ?? []), ...names]);
    }
    for (const held of decision.held) this.held.put(held);
    for (const key of decision.keys) {
      for (const guard of [...(key.guard ? [key.guard] : []), ...key.linked]) this.putGuard(guard);
      for (const { slot, expiresAt } of key.slots) this.counted.put(key.hash, slot, expiresAt, now);
      for (const change of key.changes) this.change(change, now);
      for (const change of key.heads) this.putHead(change);
    }
    for (const change of decision.loose) this.putHead(change);
    this.waiting.push(...decision.settles);
    this.ended.push(...decision.releases);
    const later = alerts.filter(({ fingerprint }) => decision.later.includes(fingerprint));
    if (later.length > 0) this.decide(later, now);
    return decision;
  }

  /** Everything is there, so whatever a decision may ask for is loaded. It is written only after it was decided. */
  protected load(alerts: readonly AlertInBatch[]): Loaded {
    const { org, rules, heads, guards, slots, correlating, quiets } = this;
    const held = this.held.load(alerts, heads);
    const storm = this.stormLimit !== undefined && { limit: this.stormLimit, counts: this.openingCounts };
    const loaded = {
      ...{ org, rules, heads, guards, slots, quiets, held },
      ...(storm && { storm }),
      ...(this.flapping && { flapping: this.flapping }),
      ...(this.inhibitions && { inhibitions: this.inhibitions }),
    };
    if (!correlating) return loaded;
    const again = [...held].flatMap(([fingerprint, one]) => heldFirings(heads.get(fingerprint), one));
    const told = [...alerts.flatMap(({ firings }) => firings), ...again];
    const firings = told.map((firing) => lookingFor(rules, firing));
    const needed = needNeighbours({ ...loaded, correlating }, firings);
    const neighbours = needed.map(({ hash, service }, i) => {
      const beside = i < LOOKING_AROUND ? this.open.near({ service }, correlating.graph) : [];
      return [hash, beside.flatMap((one) => this.incidents.get(one) ?? [])] as const;
    });
    return { ...loaded, correlating, neighbours: new Map(neighbours) };
  }

  protected putHead({ head, past }: HeadChange): void {
    const memberships = head.memberships.map((membership) => ({
      ...membership,
      seq: membership.seq ?? this.entries.get(membership.incident)?.length ?? 0,
    }));
    const after = { ...head, memberships, version: head.version + 1 };
    this.settling.head(this.heads.get(head.fingerprint), after);
    this.heads.set(head.fingerprint, after);
    if (past.length === 0) return;
    const rows = this.past.get(head.fingerprint) ?? new Map<Instant, Occurrence>();
    this.past.set(head.fingerprint, rows);
    for (const { from, occurrence } of past) {
      if (occurrence) rows.set(from, occurrence);
      else rows.delete(from);
    }
  }

  private change({ incident, opening, commands, entries }: IncidentChange, now: Instant): void {
    const open = opening
      ? [{ do: 'open' as const, at: opening.at, data: { ...opening.data, number: ++this.number } }]
      : [];
    this.apply(incident, [...open, ...(commands as readonly IncidentCommand[])], now);
    const told = this.entries.get(incident) ?? [];
    this.entries.set(incident, told);
    for (const entry of entries) {
      told.push(entry);
      this.membership.join(incident, entry.fingerprint);
      this.settling.incident(incident);
    }
  }
}
