import { lapsing } from '../../functions/aws/lapses.ts';
import { dueQuiets, knownQuiets, loadQuiets, writeQuiet } from '../../functions/aws/quiets.ts';
import { uncountedMinutes } from '../../functions/aws/uncounted.ts';
import { count } from '../../functions/detection/count.ts';
import { detect, lapse } from '../../functions/detection/detect.ts';
import type { Ports } from '../../functions/detection/ports.ts';
import { relate } from '../../functions/detection/relate.ts';
import { release } from '../../functions/detection/release.ts';
import { settle } from '../../functions/detection/settle.ts';
import { settleOnce } from '../../functions/detection/settle-once.ts';
import { apart, type Received, together } from '../../functions/edge/queue.ts';
import { relatesOf } from '../../functions/incidents/send-relates.ts';
import {
  isInhibition,
  type LapseMessage,
  type Quiet,
  type RelateMessage,
  type ReleaseMessage,
  type SettleMessage,
  type SignalsMessage,
} from '../../shared/alerts/index.ts';
import type { Correlating, Inhibitions, Rule } from '../../shared/detection/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import type { CountMessage, EscalateMessage } from '../../shared/wiring/index.ts';
import { contentsOf, removeRows, rowsOf } from './detection-rows.ts';
import { calm, type Disturbance } from './order/disturbance.ts';
import { listQueues, type MessageQueues } from './order/message-queues.ts';
import { aliveThrough, live } from './order/mortals.ts';

/** How often a message is received at most; as the queues have it. */
const RECEIVES = 30;

/** What goes wrong, where the table is read when nothing does, and the queues when they are not lists. */
interface Surroundings {
  readonly disturbance?: Disturbance;
  readonly endpoint?: string;
  readonly queues?: MessageQueues;
  /** Which services depend on each other. */
  readonly correlating?: Correlating;
  /** Which alerts mute others. */
  readonly inhibitions?: Inhibitions;
  /** How many incidents alerts of one integration may open in a minute. */
  readonly stormLimit?: number;
}

/** Detection as it runs, on the table engine: only the time is a number, and the queues are lists unless there are others. */
export class DetectionOnEngine {
  readonly org: OrganisationId;
  now: Instant = 0;
  private readonly queues: MessageQueues;
  private readonly escalations: EscalateMessage[] = [];
  private settles: SettleMessage[] = [];
  /** The facts that the stream has brought so far. */
  private readonly fannedOut = new Set<string>();
  private counts: CountMessage[] = [];
  private putOff: SignalsMessage[] = [];
  private readonly quiets: Quiet[] = [];
  private releases: ReleaseMessage[] = [];
  private readonly ports: Ports;
  private readonly disturbance: Disturbance;
  private readonly endpoint: string | undefined;

  constructor(
    org: OrganisationId,
    rules: readonly Rule[],
    { stormLimit, disturbance = calm, endpoint, queues, correlating, inhibitions }: Surroundings = {},
  ) {
    this.org = org;
    this.disturbance = disturbance;
    this.endpoint = endpoint;
    this.queues = queues ?? listQueues();
    const inForce = {
      ...{ version: 0, rules },
      ...(correlating && { correlating }),
      ...(inhibitions && { inhibitions }),
      ...(stormLimit !== undefined && { stormLimit }),
    };
    this.ports = {
      now: () => this.now,
      quiets: { known: knownQuiets, read: loadQuiets },
      rules: { known: () => inForce, read: async () => inForce, inForce: async () => inForce },
      sendAlertQueue: (messages) => aliveThrough(() => this.queues.sendAlertQueue(messages)),
      sendEscalation: (messages) => aliveThrough(() => this.queues.sendEscalation(messages)),
    };
  }

  /** Takes what detection sent. */
  private async fetch(): Promise<void> {
    const { own, escalations } = await this.queues.take();
    this.escalations.push(...escalations);
    for (const body of own) {
      if (body.kind === 'settle') this.settles.push(body);
      if (body.kind === 'count') this.counts.push(body);
      if (body.kind === 'release') this.releases.push(body);
      if (body.kind === 'signals') this.putOff.push(body);
    }
  }

  /** The steps that were sent so far. */
  async escalationsSent(): Promise<readonly EscalateMessage[]> {
    await this.fetch();
    return this.escalations;
  }

  /** Keeps alerts quiet by these from now on. */
  async silence(quiets: readonly Quiet[]): Promise<void> {
    for (const quiet of quiets) await writeQuiet(this.org, undefined, quiet, quiet.to);
    this.quiets.push(...quiets);
  }

  /** Whether what is held back may go free by now, as the sweep asks for it when a silence ends or changes. */
  async release(): Promise<void> {
    await this.fetch();
    const shard = [...Array(shards.due).keys()];
    const due = (await Promise.all(shard.map((one) => dueQuiets(one, this.now, 1_000)))).flat();
    const groups = due.filter(({ org, quiet }) => org === this.org && isInhibition(quiet));
    this.releases.push(
      ...[...groups, ...this.quiets.map(({ id: quiet }) => ({ quiet }))].map(
        ({ quiet }): ReleaseMessage => ({ kind: 'release', org: this.org, quiet, askedAt: this.now }),
      ),
    );
    await this.releaseAll();
  }

  /** The same of one, after which another process may have taken its place. */
  async releaseOf(quiet: ReleaseMessage['quiet']): Promise<void> {
    this.releases.push({ kind: 'release', org: this.org, quiet, askedAt: this.now });
    await this.releaseAll();
  }

  private async releaseAll(): Promise<void> {
    for (; this.releases.length > 0; await this.fetch()) {
      const messages = this.releases;
      this.releases = [];
      await this.untilDone(messages, (batch) => apart(batch, (one) => release(one, this.ports)));
    }
  }

  /** One batch in one worker. */
  async receive(messages: readonly SignalsMessage[]): Promise<void> {
    await detect(
      messages.map((message) => ({ ...message, org: this.org })),
      this.ports,
    );
  }

  /** One batch in workers that may fail or die; what was not done comes again, as the queue brings it. */
  async receiveUntilDone(messages: readonly SignalsMessage[]): Promise<void> {
    const signed = messages.map((message) => ({ ...message, org: this.org }));
    await this.untilDone(signed, (batch) => together(batch, (some) => detect(some, this.ports)));
  }

  private async untilDone<Message>(
    messages: readonly Message[],
    handle: (batch: readonly Received<Message>[]) => Promise<readonly string[]>,
  ): Promise<void> {
    let waiting = messages.map((message, i) => ({ message, id: String(i), sentAt: this.now, receives: 1 }));
    for (let receive = 1; waiting.length > 0; receive++) {
      if (receive > RECEIVES) throw new Error(`${waiting.length} messages failed ${RECEIVES} times`);
      const failed = await live(this.disturbance.life(), () => handle(waiting));
      waiting = waiting.filter(({ id }) => failed?.includes(id) ?? true);
    }
  }

  /** Whether what ends by itself by now has ended, as the sweep asks for it. */
  async lapse(): Promise<void> {
    const shard = [...Array(shards.due).keys()];
    const found = (await Promise.all(shard.map((one) => lapsing(one, this.now, 1_000)))).flat();
    const fingerprints = found.flatMap(({ org, fingerprint }) => (org === this.org ? [fingerprint] : []));
    if (fingerprints.length > 0) await this.ask(fingerprints);
    await this.release();
  }

  /** Asks whether these have ended by themselves. */
  async ask(fingerprints: readonly string[]): Promise<void> {
    const message: LapseMessage = { kind: 'lapse', org: this.org, fingerprints };
    await this.untilDone([message], (batch) => apart(batch, (one) => lapse(one, this.ports)));
  }

  /** The same at an earlier time than comes next. */
  async lapseBy(time: Instant): Promise<void> {
    this.now = Math.max(this.now, time);
    await this.lapse();
  }

  /** What the fan-out sends when a person resolved an incident. */
  askAfter(incident: IncidentId, generation: number): void {
    this.settles.push({ kind: 'settle', org: this.org, incident, generation });
  }

  /** What happens some seconds after incidents opened, as the fan-out asks for it. */
  async relate(): Promise<void> {
    const { facts } = await this.read();
    const fresh = facts.filter(({ id }) => !this.fannedOut.has(id));
    for (const { id } of fresh) this.fannedOut.add(id);
    const relates = relatesOf(fresh).map(({ body }) => body as RelateMessage);
    await this.untilDone(relates, (batch) => apart(batch, (message) => relate(message, this.ports)));
  }

  /** What happens when all has been quiet: what was put off has come by then. */
  async settle(): Promise<void> {
    const one = async (message: SettleMessage) => void (await settle(message, this.ports));
    await this.untilDone(await this.asking(), (batch) => apart(batch, one));
  }

  /** The same as one process takes it out of the queue, which has waited as long as it was told: so many messages at once. */
  async settleInBatches(of: number): Promise<void> {
    const all = await this.asking();
    for (let i = 0; i < all.length; i += of)
      await this.untilDone(all.slice(i, i + of), (batch) => settleOnce(batch, this.ports));
  }

  private async asking(): Promise<readonly SettleMessage[]> {
    await this.fetch();
    if (this.putOff.length > 0) await this.receiveUntilDone(this.putOff.splice(0));
    await this.fetch();
    const settles = this.settles;
    this.settles = [];
    return settles;
  }

  /** What the queue brings of counts until now, each together with its repetition when `twice`. */
  async count({ twice = false } = {}): Promise<void> {
    for (await this.fetch(); this.counts.some(({ dueAt }) => dueAt <= this.now); await this.fetch()) {
      const due = this.counts.filter(({ dueAt }) => dueAt <= this.now);
      this.counts = this.counts.filter(({ dueAt }) => dueAt > this.now);
      const again = twice ? due : [];
      await this.untilDone([...due, ...again], (batch) =>
        apart(batch, (message) => count(message, this.ports, () => 10_000)),
      );
    }
  }

  /** The minutes whose own message was lost, as the sweep asks for them. */
  async sweepCounts(): Promise<void> {
    const shard = [...Array(shards.due).keys()];
    const found = await Promise.all(shard.map((one) => uncountedMinutes(one, this.now, 1_000)));
    const own = found.flat().filter(({ org }) => org === this.org);
    this.counts.push(...own.map((minute) => ({ kind: 'count' as const, ...minute })));
  }

  /** Everything that the table holds of this organisation. */
  async read() {
    return contentsOf(await rowsOf(this.org, this.endpoint));
  }

  /** Removes everything of this organisation: whoever plays thousands of worlds reads in an empty table. */
  async remove(): Promise<void> {
    await removeRows(this.org, this.endpoint);
  }
}
