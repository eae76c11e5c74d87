import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { client, tableName } from '../../functions/aws/dynamodb/client.ts';
import { alertsOn } from '../../functions/aws/firing-alerts.ts';
import { readGuard } from '../../functions/aws/guards.ts';
import { command, loadIncident } from '../../functions/aws/incident-log.ts';
import { lapsing } from '../../functions/aws/lapses.ts';
import { membersOf } from '../../functions/aws/members.ts';
import { notePage } from '../../functions/aws/muting-groups.ts';
import type { Outgoing } from '../../functions/aws/queue.ts';
import { dueQuiets, knownQuiets, loadQuiets, writeQuiet } from '../../functions/aws/quiets.ts';
import { detect, lapse } from '../../functions/detection/detect.ts';
import type { Ports, Rules } from '../../functions/detection/ports.ts';
import { relate } from '../../functions/detection/relate.ts';
import { release } from '../../functions/detection/release.ts';
import { settle } from '../../functions/detection/settle.ts';
import { relatesOf } from '../../functions/incidents/send-relates.ts';
import type { AlertQueueMessage, Quiet, SignalsMessage } from '../../shared/alerts/index.ts';
import {
  endsBy,
  hasLasted,
  isHeldPage,
  mutedPage,
  putOffUntilLasting,
  type SimulatedPage,
  windowOf,
} from '../../shared/detection/index.ts';
import { Agenda } from '../../shared/detection/simulate/agenda.ts';
import { type Incident, putOffBy } from '../../shared/incidents/index.ts';
import { type Instant, MINUTE, type OrganisationId, SECOND, system } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import type { CountMessage } from '../../shared/wiring/index.ts';
import { contentsOf } from './detection-rows.ts';

/** What comes at a time: what a queue delays, what the sweep asks for, or a page. */
type Due =
  | AlertQueueMessage
  | SignalsMessage
  | CountMessage
  | { readonly kind: 'page'; readonly incident: Incident['id']; readonly generation: number }
  | { readonly kind: 'sweep' };

/** The sweep comes once a minute: here a minute after what it asks for. */
const SWEEP: Instant = MINUTE;

/** How often what a quiet held back is looked at when it ends. */
const LOOKS = 3;

/**
 * The worker on the table engine in virtual time: what it sends to itself comes when the queue brings it, and what the sweep asks for a
 * minute after it is due. A first page is noted when it is due, by the record.
 */
export class DetectionInTime {
  readonly pages: SimulatedPage[] = [];
  private readonly org: OrganisationId;
  private readonly quiets: readonly Quiet[];
  private readonly ports: Ports;
  private readonly agenda = new Agenda<Due>();
  private readonly planned = new Set<string>();
  private now: Instant = 0;

  constructor(org: OrganisationId, inForce: Rules, quiets: readonly Quiet[]) {
    this.org = org;
    this.quiets = quiets;
    this.ports = {
      now: () => this.now,
      quiets: { known: knownQuiets, read: loadQuiets },
      rules: { known: () => inForce, read: async () => inForce, inForce: async () => inForce },
      sendAlertQueue: async (messages) => this.send(messages),
      // The record says when a page is due.
      sendEscalation: async () => undefined,
    };
  }

  /** Keeps alerts quiet from the beginning. */
  async begin(): Promise<void> {
    for (const quiet of this.quiets) {
      await writeQuiet(this.org, undefined, quiet, quiet.to);
      for (let look = 1; look <= LOOKS; look++) this.agenda.plan(quiet.to + look * SWEEP, { kind: 'sweep' });
    }
  }

  /** One POST that the queue brings at once, alone. */
  async receive(message: SignalsMessage): Promise<void> {
    await this.pass(message.receivedAt);
    this.now = message.receivedAt;
    await detect([message], this.ports);
    await this.look();
  }

  /** Lets time pass until this moment. */
  async pass(until: Instant): Promise<void> {
    for (let next = this.agenda.take(until); next; next = this.agenda.take(until)) {
      this.now = next.at;
      await this.carryOut(next.what);
    }
  }

  /** Everything that the table holds: it has nothing of others. */
  async read() {
    const rows: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName() }))
      rows.push(...Items);
    const groups = rows.flatMap((row) => (row.kind === 'muting-group' ? [{ dueAt: Number(row.dueAt) }] : []));
    return { ...contentsOf(rows), groups };
  }

  private async carryOut(due: Due): Promise<void> {
    if (due.kind === 'count') return;
    if (due.kind === 'signals') await detect([due], this.ports);
    if (due.kind === 'settle') await settle(due, this.ports);
    if (due.kind === 'relate') await relate(due, this.ports);
    if (due.kind === 'release') await release(due, this.ports);
    if (due.kind === 'page') await this.page(due);
    if (due.kind === 'sweep') await this.sweep();
    await this.look();
  }

  private send(messages: readonly Outgoing[]): void {
    for (const { body, delaySeconds = 0 } of messages)
      this.agenda.plan(this.now + delaySeconds * SECOND, structuredClone(body) as Due);
  }

  /** What the sweep asks for: alerts of which nothing newer is known, and what is held back. */
  private async sweep(): Promise<void> {
    const shard = [...Array(shards.due).keys()];
    const [by, askedAt] = [this.now - SWEEP, this.now];
    const held = (await Promise.all(shard.map((one) => dueQuiets(one, by, 1_000)))).flat();
    for (const { org, quiet } of held)
      if (org === this.org) await release({ kind: 'release', org, quiet, askedAt }, this.ports);
    const due = (await Promise.all(shard.map((one) => lapsing(one, by, 1_000)))).flat();
    const fingerprints = due.flatMap(({ org, fingerprint }) => (org === this.org ? [fingerprint] : []));
    if (fingerprints.length === 0) return;
    await lapse({ kind: 'lapse', org: this.org, fingerprints, askedAt }, this.ports);
  }

  private async page({ incident: id, generation }: Extract<Due, { kind: 'page' }>): Promise<void> {
    const incident = await loadIncident(this.org, id);
    if (incident?.state !== 'triggered' || incident.generation !== generation) return;
    if (!incident.next || incident.next.dueAt > this.now) return;
    if (this.pages.some((page) => page.incident === id && page.generation === generation)) return;
    const later =
      putOffBy(incident, this.quiets, this.now) ??
      (await this.mutedBy(incident)) ??
      (await this.stillHeld(incident));
    const { step } = incident.next;
    const paged = { do: 'escalate', generation, step, level: 1, targets: [] } as const;
    await command(this.org, id, later ?? paged, { actor: system('escalation'), now: this.now });
    if (!later) this.pages.push({ incident: id, generation, at: this.now });
  }

  /** What the escalation does where alerts mute all of an incident before its first page. */
  private async mutedBy(incident: Incident) {
    const { inhibitions } = await this.ports.rules.inForce(this.org);
    if (incident.state !== 'triggered' || !inhibitions || !incident.mutable || !incident.next)
      return undefined;
    const heads = (await alertsOn(this.org, incident.id)) ?? [];
    const groups = heads.flatMap(({ mutable = [] }) => mutable.map(([group]) => group));
    const guards = await Promise.all(
      groups.map(async (one) => [one, await readGuard(this.org, one)] as const),
    );
    const muted = heads.length > 0 && mutedPage(heads, new Map(guards), inhibitions, this.now);
    if (!muted) return undefined;
    const heldBy = `inh_${muted.group}` as const;
    for (const [group, dueAt] of muted.groups)
      await notePage(this.org, { quiet: `inh_${group}`, dueAt, mark: `${incident.id} ${this.now}` });
    const next = { step: incident.next.step, dueAt: muted.until, heldBy };
    return { do: 'put-off', generation: incident.generation, next, by: muted.why } as const;
  }

  /** And where none of its alerts has lasted. */
  private async stillHeld(incident: Incident) {
    if (!incident.correlation || !isHeldPage(incident)) return undefined;
    const guard = await readGuard(this.org, incident.correlation.hash);
    const window = windowOf(guard, incident.id);
    if (!window) return undefined;
    const members = await membersOf(this.org, guard, incident.id, hasLasted(guard, window, this.now));
    return putOffUntilLasting(incident, guard, members, this.now);
  }

  /** Plans what the stream and the sweep would find in what was written. */
  private async look(): Promise<void> {
    const { facts, incidents, heads, groups } = await this.read();
    this.send(relatesOf(facts.filter(({ id }) => this.isNew(id))));
    for (const { id, ...incident } of incidents.values()) {
      if (incident.state !== 'triggered' || !incident.next) continue;
      const { generation, next } = incident;
      if (this.isNew(`${id} ${generation} ${next.dueAt}`))
        this.agenda.plan(Math.max(next.dueAt, this.now), { kind: 'page', incident: id, generation });
    }
    for (const head of heads.values()) {
      const end = endsBy(head);
      if (end !== undefined) this.planSweep(end);
    }
    for (const { dueAt } of groups) this.planSweep(dueAt);
  }

  private planSweep(end: Instant): void {
    const at = Math.max(end + SWEEP, this.now);
    if (this.isNew(`sweep ${at}`)) this.agenda.plan(at, { kind: 'sweep' });
  }

  private isNew(name: string): boolean {
    const isNew = !this.planned.has(name);
    this.planned.add(name);
    return isNew;
  }
}
