import type { HeldAlert, HolderId, Severity } from '../alerts/index.ts';
import type { IncidentCommand, ReasonedEntry } from '../incidents/index.ts';
import { type Cause, fromOutside, HOLD, type IncidentId, type Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { cooledAt } from './cooldown.ts';
import type { OpenIncident } from './correlation/index.ts';
import type { Counting } from './counting.ts';
import type { Decision, HeadChange, IncidentChange, KeyDecision, Loaded, Settle } from './decision.ts';
import { chainOf, emptyGuard, type Guard, type Link } from './guard.ts';
import type { Match } from './match.ts';
import type { PastChange } from './occurrence.ts';
import { OpeningCounts } from './storm-counts.ts';
import type { Slot } from './threshold.ts';

interface Change {
  opening?: NonNullable<IncidentChange['opening']>;
  readonly commands: IncidentCommand[];
  readonly entries: ReasonedEntry[];
  readonly cause?: Cause;
}

/** What has been decided so far under one correlation key. */
export class KeyDraft {
  readonly hash: string;
  /** Empty while only alerts that have left it asked for it. */
  rule: string;
  guard: Guard;
  /** True when the guard must be written although its windows did not change: a pending alert serialises on it. */
  touched = false;
  readonly slots: Map<number, Slot>;
  readonly changedSlots = new Map<number, Instant>();
  readonly fingerprints = new Set<string>();
  /** When to page first about what the firings of the batch do under this key: when the one that came last says. */
  pageAt: Instant | undefined;
  /** The POST whose signal is being decided. */
  cause: Cause | undefined;
  /** The alerts of the batch that were decided under this key. */
  readonly asked = new Set<string>();
  /** Keys whose alerts come here from now on; their guards are written with this one's. */
  readonly linked: KeyDraft[] = [];
  /** Whether alerts that waited came into an incident: they may be written after its guard, so that is looked at once more. */
  takesIn = false;
  /** How often something was told of an alert. */
  told = 0;
  /** The slots that were read; absent when all are. */
  readonly ranges: Counting['ranges'];
  readonly before: Guard;
  private readonly changes = new Map<IncidentId, Change>();

  constructor(hash: string, rule: string, { guards, slots, counting = [] }: Loaded) {
    this.hash = hash;
    this.rule = rule;
    this.guard = guards.get(hash) ?? emptyGuard(hash);
    this.before = this.guard;
    this.slots = new Map(slots.get(hash)?.map((slot) => [slot.slot, slot]));
    this.ranges = counting.find(({ match }) => match.hash === hash)?.ranges;
  }

  open(incident: IncidentId, opening: NonNullable<IncidentChange['opening']>): void {
    this.change(incident).opening = opening;
  }

  command(incident: IncidentId, command: IncidentCommand): void {
    this.change(incident).commands.push(command);
  }

  entry(incident: IncidentId, entry: ReasonedEntry): void {
    const { entries } = this.change(incident);
    this.told++;
    const same = entries.findIndex((old) => old.fingerprint === entry.fingerprint);
    if (same >= 0) entries.splice(same, 1);
    entries.push(entry);
  }

  /** Takes in when to page about one more firing. */
  page(at: Instant): void {
    this.pageAt = Math.min(at, this.pageAt ?? at);
  }

  /** Sets the grouping time of the rule that groups here, and how long it pages once. */
  group({ window, width, cooldown }: Pick<Match, 'window' | 'width' | 'cooldown'>): void {
    const { cooldown: before, width: old, ...guard } = this.guard;
    if (guard.grouping === window && before === cooldown && old === width) return;
    this.guard = {
      ...guard,
      grouping: window,
      ...(width !== undefined && { width }),
      ...(cooldown !== undefined && { cooldown }),
    };
  }

  /** When to page about what opens now and is so severe, with what the rule wants between two pages. */
  firstPage(severity: Severity, now: Instant): Instant {
    return cooledAt(this.guard, severity, this.pageAt ?? now);
  }

  putSlot(slot: Slot, { rule, window }: Pick<Match, 'rule' | 'window'>): void {
    const width = rule.conditions.timeWindow * 1_000;
    this.slots.set(slot.slot, slot);
    this.changedSlots.set(slot.slot, (slot.slot + 1) * width + window + 2 * HOLD);
    this.touched = true;
  }

  /** Whether nothing of it was decided yet: only then it can be written with another key. */
  get isUntouched(): boolean {
    return this.guard.windows === this.before.windows && !this.touched && this.changes.size === 0;
  }

  /** Sends the alerts of this key to another one from now on. */
  linkTo(root: KeyDraft, link: Link): void {
    this.guard = { ...this.guard, link };
    root.linked.push(this);
  }

  /** Whether that was decided just now. */
  get isLinkedNow(): boolean {
    return this.guard.link !== this.before.link;
  }

  /** The service that was suspected last in this batch to be where an incident's trouble comes from. */
  suspected(incident: IncidentId): string | undefined {
    const commands = this.changes.get(incident)?.commands ?? [];
    return commands.findLast((command) => command.do === 'suspect')?.service;
  }

  /** The services that it reached in this batch. */
  reached(incident: IncidentId): readonly string[] {
    const commands = this.changes.get(incident)?.commands ?? [];
    return commands.flatMap((command) => (command.do === 'reach' ? [command.service] : []));
  }

  /** What opens here, as others are compared with it. */
  openings(): readonly OpenIncident[] {
    return [...this.changes].flatMap(([id, { opening }]) =>
      opening === undefined ? [] : [{ id, number: 0, openedAt: opening.at, ...opening.data }],
    );
  }

  /** Whether it only counts, and changes no incident. */
  get isCounting(): boolean {
    return this.changedSlots.size > 0 && this.changes.size === 0;
  }

  finish(heads: readonly HeadChange[]): KeyDecision {
    const changed = this.touched || this.guard.windows !== this.before.windows;
    return {
      hash: this.hash,
      rule: this.rule,
      ...(changed && { guard: this.guard }),
      linked: this.linked.map(({ guard }) => guard),
      slots: [...this.changedSlots].flatMap(([number, expiresAt]) => {
        const slot = this.slots.get(number);
        return slot ? [{ slot, expiresAt }] : [];
      }),
      changes: [...this.changes].map(([incident, change]) => ({ incident, ...change })),
      heads,
      alerts: [...this.asked],
    };
  }

  private change(incident: IncidentId): Change {
    const known = this.changes.get(incident);
    if (known) return known;
    const change: Change = { commands: [], entries: [], ...(this.cause && { cause: this.cause }) };
    this.changes.set(incident, change);
    return change;
  }
}

/** A decision in the making: the heads and keys as they will be. */
export class Draft {
  readonly loaded: Loaded;
  readonly now: Instant;
  /** Of alerts that open incidents of their own. */
  readonly counts: OpeningCounts;
  private readonly keys = new Map<string, KeyDraft>();
  private readonly heads = new Map<string, AlertHead>();
  private readonly past = new Map<string, readonly PastChange[]>();
  private readonly held = new Map<string, HeldAlert>();
  private readonly settles = new Map<string, Settle>();
  private readonly postponed = new Set<string>();
  private readonly releases = new Set<HolderId>();
  private cause: Cause | undefined;

  constructor(loaded: Loaded, now: Instant) {
    this.loaded = loaded;
    this.now = now;
    this.counts = new OpeningCounts(loaded.storm);
  }

  /** What follows is because of this POST. */
  because({ receipt }: { readonly receipt: string }): void {
    this.cause = fromOutside(receipt);
  }

  key(hash: string, rule = ''): KeyDraft {
    const key = this.keys.get(hash) ?? new KeyDraft(hash, rule, this.loaded);
    key.cause = this.cause;
    if (rule !== '') key.rule = rule;
    this.keys.set(hash, key);
    return key;
  }

  /** The head as decided so far; undefined for an alert that is not known. */
  head(fingerprint: string): AlertHead | undefined {
    return this.heads.get(fingerprint) ?? this.loaded.heads.get(fingerprint);
  }

  /** Sets a head; it is written together with this key, or alone when no key is given. */
  put(head: AlertHead, key?: KeyDraft): void {
    this.heads.set(head.fingerprint, head);
    key?.fingerprints.add(head.fingerprint);
  }

  /** Sets what became of an alert's past occurrences; it is written with its head. */
  putPast(fingerprint: string, changes: readonly PastChange[]): void {
    this.past.set(fingerprint, changes);
  }

  /** Has alerts looked at again that this held back. */
  release(holder: HolderId): void {
    this.releases.add(holder);
  }

  /** Leaves an alert to be decided when what else is decided here is written. */
  postpone(fingerprint: string): void {
    this.postponed.add(fingerprint);
  }

  /** The key, and those that its alerts were sent on to, one after the other. */
  chain(own: KeyDraft): readonly KeyDraft[] {
    return chainOf(own.guard, (hash) => this.key(hash).guard).map(({ hash }) => this.key(hash));
  }

  /** What opens in this batch, with the key of each. */
  openings(): readonly OpenIncident[] {
    return [...this.keys.values()].flatMap((key) => key.openings());
  }

  /** Keeps what is held back of an alert, in place of what was said before. */
  keep(held: HeldAlert): void {
    this.held.set(`${held.quiet} ${held.signal.fingerprint}`, held);
  }

  settle(settle: Omit<Settle, 'cause'>): void {
    const cause = this.cause && { cause: this.cause };
    this.settles.set(`${settle.incident} ${settle.generation}`, { ...settle, ...cause });
  }

  finish(): Decision {
    const taken = new Set<string>();
    const later = new Set<string>(this.postponed);
    const keys: KeyDecision[] = [];
    const linked = new Set([...this.keys.values()].flatMap((key) => key.linked));
    for (const key of this.keys.values()) {
      // Written with the key that it sends its alerts to.
      if (linked.has(key)) continue;
      const fingerprints = [...key.fingerprints];
      // A slot must not show an alert whose first head is written under another key, and may come after it.
      const isEarly = fingerprints.some((one) => taken.has(one) && !this.loaded.heads.has(one));
      if (key.isCounting && isEarly) for (const one of key.asked) later.add(one);
      else keys.push(key.finish(this.carried(fingerprints, taken)));
    }
    const loose = [...this.heads.values()]
      .filter((head) => !taken.has(head.fingerprint) && head !== this.loaded.heads.get(head.fingerprint))
      .map((head) => this.headChange(head));
    const settles = [...this.settles.values()];
    const held = [...this.held.values()];
    return {
      keys: keys.filter(isSomething),
      later: [...later],
      loose,
      openings: this.counts.finish(),
      held,
      releases: [...this.releases],
      settles,
    };
  }

  /** The changed heads among these, each carried by the first key that asks for it. */
  private carried(fingerprints: readonly string[], taken: Set<string>): readonly HeadChange[] {
    return fingerprints.flatMap((fingerprint) => {
      const head = this.heads.get(fingerprint);
      if (!head || taken.has(fingerprint)) return [];
      taken.add(fingerprint);
      return [this.headChange(head)];
    });
  }

  private headChange(head: AlertHead): HeadChange {
    return { head, past: this.past.get(head.fingerprint) ?? [] };
  }
}

function isSomething({ guard, slots, changes, heads }: KeyDecision): boolean {
  return guard !== undefined || slots.length > 0 || changes.length > 0 || heads.length > 0;
}
