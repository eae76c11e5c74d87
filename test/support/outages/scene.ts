import type { Severity, Signal, SignalsMessage, Source } from '../../../shared/alerts/index.ts';
import {
  digest,
  type IntegrationId,
  idOf,
  type OrganisationId,
  SECOND,
} from '../../../shared/kernel/index.ts';

export const outageOrg: OrganisationId = 'org_01OUTAGES';

/** When each scene begins. */
export const sceneStart = Date.UTC(2026, 9, 5, 8);

/** An alert that fires, as a scene tells it. Times in seconds since the scene began. */
export interface Fires {
  readonly at: number;
  readonly name: string;
  readonly service: string;
  /** What tells it from others of the same name and service: a pod, a host, a place. */
  readonly of?: string;
  readonly title?: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly labels?: Readonly<Record<string, string>>;
  /** Until it is resolved; left out, for as long as the scene lasts. */
  readonly lasts?: number;
  readonly source?: Source;
  /** So much later it is received. */
  readonly late?: number;
}

/** A firing and the outage that it belongs to; without one it is noise, and belongs to nothing else. */
export interface Labelled {
  readonly fingerprint: string;
  readonly at: number;
  readonly outage: string | undefined;
}

/** Some hours of alerts, and what they were really about. */
export interface Scene {
  readonly name: string;
  readonly about: string;
  /** In the order in which they were received. */
  readonly messages: readonly SignalsMessage[];
  readonly labels: readonly Labelled[];
}

const integrations = new Map<Source, IntegrationId>();
const integrationOf = (source: Source): IntegrationId => {
  const known = integrations.get(source) ?? idOf('integration', sceneStart, source);
  integrations.set(source, known);
  return known;
};

/** Chance that is the same each time: a scene says the same wherever it is played. */
export class Chance {
  #state: number;

  constructor(seed: string) {
    this.#state = Number.parseInt(digest(seed).slice(0, 8), 16);
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `from` to below `to`. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from));
  }

  of<One>(all: readonly One[]): One {
    const one = all[this.between(0, all.length)];
    if (one === undefined) throw new Error('Nothing to choose from');
    return one;
  }
}

/** Collects what is said in a scene, and what it was about. */
export class SceneWriter {
  readonly chance: Chance;
  readonly #name: string;
  readonly #about: string;
  readonly #messages: SignalsMessage[] = [];
  readonly #labels: Labelled[] = [];

  constructor(name: string, about: string) {
    this.#name = name;
    this.#about = about;
    this.chance = new Chance(name);
  }

  /** Alerts of one outage; each by itself, as most tools send them. */
  outage(name: string, fires: readonly Fires[]): void {
    for (const one of fires) this.#say(one, name);
  }

  /** Alerts that have to do with nothing. */
  noise(fires: readonly Fires[]): void {
    for (const one of fires) this.#say(one, undefined);
  }

  /** The same firing told once more, so many seconds later, as senders do that had no answer. */
  again(fires: readonly Fires[], seconds: number): void {
    for (const one of fires) this.#post(one, firing(one), one.at + (one.late ?? 0) + seconds);
  }

  finish(): Scene {
    const messages = this.#messages.toSorted(
      (a, b) => a.receivedAt - b.receivedAt || (a.receipt < b.receipt ? -1 : 1),
    );
    return { name: this.#name, about: this.#about, messages, labels: this.#labels };
  }

  #say(fires: Fires, outage: string | undefined): void {
    const signal = firing(fires);
    this.#labels.push({ fingerprint: signal.fingerprint, at: signal.at, outage });
    this.#post(fires, signal, fires.at + (fires.late ?? 0));
    if (fires.lasts === undefined) return;
    const over = { ...signal, state: 'resolved' as const, at: signal.at + fires.lasts * SECOND };
    this.#post(fires, over, fires.at + fires.lasts + (fires.late ?? 0));
  }

  #post({ source = 'alertmanager' }: Fires, signal: Signal, second: number): void {
    const receipt = digest(this.#name, String(this.#messages.length)).slice(0, 32);
    this.#messages.push({
      ...{ kind: 'signals', org: outageOrg, integration: integrationOf(source), source, receipt },
      ...{ receivedAt: sceneStart + second * SECOND + this.chance.between(50, 900), signals: [signal] },
    });
  }
}

function firing(fires: Fires): Signal {
  const { at, name, service, of = '', labels = {}, source = 'alertmanager' } = fires;
  const said = { alertname: name, service, ...(of !== '' && { instance: of }), ...labels };
  return {
    fingerprint: digest(integrationOf(source), name, service, of),
    ...{ state: 'firing', at: sceneStart + at * SECOND },
    title: fires.title ?? `${name} on ${service}`,
    ...(fires.description !== undefined && { description: fires.description }),
    ...{ severity: fires.severity ?? 'P2_HIGH', service, labels: said, links: [], flags: [] },
  };
}
