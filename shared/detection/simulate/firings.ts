import type { Instant } from '../../kernel/index.ts';
import type { Received } from '../match.ts';

/** One time that an alert fired, until its source says that it is over. */
export interface Firing {
  readonly received: Received;
  /** Whether anybody was paged for an incident that it was in while it fired. */
  isWoken: boolean;
}

interface Known {
  readonly firing: Firing;
  readonly endedAt?: Instant;
}

/** How often each alert fired, as its source tells it, so that two rule sets are asked about the same. */
export class Firings {
  readonly all: Firing[] = [];
  readonly #last = new Map<string, Known>();

  /** Takes in what one signal says. What is told late of before its end begins nothing. */
  hear(received: Received): void {
    const { fingerprint, state, at } = received.signal;
    const known = this.#last.get(fingerprint);
    if (state === 'firing') {
      if (known && (known.endedAt === undefined || at <= known.endedAt)) return;
      const firing: Firing = { received, isWoken: false };
      this.all.push(firing);
      this.#last.set(fingerprint, { firing });
    } else if (state === 'resolved' && known?.endedAt === undefined && known) {
      if (at >= known.firing.received.signal.at) this.#last.set(fingerprint, { ...known, endedAt: at });
    }
  }

  /** Notes of an alert that fires whether somebody is awake for it. */
  look(fingerprint: string, isAwake: (fingerprint: string) => boolean): void {
    const known = this.#last.get(fingerprint);
    if (!known || known.endedAt !== undefined || known.firing.isWoken) return;
    known.firing.isWoken = isAwake(fingerprint);
  }

  /** The same of all that fire. */
  lookAtAll(isAwake: (fingerprint: string) => boolean): void {
    for (const fingerprint of this.#last.keys()) this.look(fingerprint, isAwake);
  }
}
