import type { Quiet, SignalsMessage } from '../../shared/alerts/index.ts';
import type { Deciding } from '../../shared/configuration/index.ts';
import { type Outcome, Replay } from '../../shared/detection/index.ts';
import { type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';

/** What one request may play: so many signals, for so long, so that its answer comes before the gateway stops waiting. */
export const MOST_SIGNALS = 20_000;
const LONGEST = 18 * SECOND;

/** Where playing stopped, and why. */
export interface Stop {
  readonly at: Instant;
  readonly why: string;
}

/** Two rule sets, which hear the same, as far as one request may go. */
export class Playing {
  signals = 0;
  stop: Stop | undefined;
  private readonly begun = clock.now();
  private readonly active: Replay;
  private readonly draft: Replay;

  constructor(org: OrganisationId, active: Deciding, draft: Deciding, quiets: readonly Quiet[] = []) {
    this.active = new Replay(org, active.rules, { ...active, quiets });
    this.draft = new Replay(org, draft.rules, { ...draft, quiets });
  }

  /** Whether so much time has passed that nothing more may be begun; less of it may be for what comes before. */
  isLate(part = 1): boolean {
    return clock.now() > this.begun + part * LONGEST;
  }

  /** Plays one POST more; false when no more is played. */
  hear(message: SignalsMessage): boolean {
    if (this.stop) return false;
    const why = this.whyNot(message);
    if (why !== undefined) {
      this.stop = { at: message.receivedAt, why };
      return false;
    }
    this.active.receive(message);
    this.draft.receive(message);
    this.signals += message.signals.length;
    return true;
  }

  /** What came of it under both. */
  finish(until: Instant): readonly [active: Outcome, draft: Outcome] {
    return [this.active.finish(until), this.draft.finish(until)];
  }

  private whyNot({ signals }: SignalsMessage): string | undefined {
    if (this.isLate()) return `It took ${LONGEST / SECOND} s to play ${this.signals} signals`;
    return this.signals + signals.length > MOST_SIGNALS
      ? `There are more than ${MOST_SIGNALS} signals, of which the first ${this.signals} were played`
      : undefined;
  }
}
