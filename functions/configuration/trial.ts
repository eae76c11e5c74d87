import type { Quiet, SignalsMessage } from '../../shared/alerts/index.ts';
import { type Configuration, type Deciding, decidingIn } from '../../shared/configuration/index.ts';
import { type Difference, differenceOf, messagesOf, Replay } from '../../shared/detection/index.ts';
import {
  DAY,
  HOUR,
  type Instant,
  MINUTE,
  minuteOf,
  type OrganisationId,
  SECOND,
} from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { keptSignals } from '../aws/kept-signals.ts';
import { readInForce } from '../aws/quiets.ts';

/** What one request may play: so many signals, for so long, so that its answer comes before the gateway stops waiting. */
const MOST_SIGNALS = 20_000;
const LONGEST = 18 * SECOND;

/** Two configurations that are to be compared on the same signals. */
export interface Trial {
  readonly org: OrganisationId;
  readonly active: Configuration;
  readonly draft: Configuration;
}

/** What was played of what was asked for. */
export interface Covered {
  readonly from: Instant;
  readonly until: Instant;
  readonly signals: number;
  readonly isComplete: boolean;
  readonly why?: string;
}

/** What the draft would change, as far as signals were played. */
export interface Tried {
  readonly difference: Difference;
  readonly covered: Covered;
}

/** Plays kept signals through both, minute by minute, as far as a request may go. */
export async function tryOnKept({ org, active, draft }: Trial, asked: Stretch): Promise<Tried> {
  const now = clock.now();
  const kept = now - active.detection.signalDays * DAY;
  const [from, to] = [Math.max(asked.from, kept), Math.min(asked.to, now)];
  // Silences that were there hold back the same of both.
  const quiets = await readInForce(org, from);
  const both = new Both(org, decidingIn(active), decidingIn(draft), quiets);
  let until = to;
  let why: string | undefined;
  const wanted = { minutes: [minuteOf(from), minuteOf(to)] as const, most: MOST_SIGNALS, now };
  for await (const { minute, signals, tooMany } of keptSignals(org, wanted)) {
    if (tooMany || both.signals + signals.length > MOST_SIGNALS) why = tooManyText(both.signals);
    else if (clock.now() > now + LONGEST)
      why = `It took ${LONGEST / SECOND} s to play ${both.signals} signals`;
    if (why !== undefined) {
      until = minute * MINUTE;
      break;
    }
    const within = signals.filter((one) => one.from.receivedAt >= from && one.from.receivedAt <= to);
    for (const message of messagesOf(org, within)) both.receive(message);
  }
  const isOlder = asked.from < kept && why === undefined;
  const reason = isOlder
    ? `Signals are kept for ${active.detection.signalDays} days`
    : why && `${why}; ask for less with 'from' and 'to'`;
  return both.finish({ from, until, ...(reason !== undefined && { why: reason }) });
}

/** From when on and up to when signals were received. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

const tooManyText = (played: number): string =>
  `There are more than ${MOST_SIGNALS} signals, of which ${played} were played`;

/** How long after the last uploaded body incidents may end by themselves. */
const AFTER_UPLOAD = HOUR;

/** Plays uploaded signals through both: all of them, for they came in one request. */
export function tryOnUploaded({ org, active, draft }: Trial, messages: readonly SignalsMessage[]): Tried {
  const both = new Both(org, decidingIn(active), decidingIn(draft));
  for (const message of messages) both.receive(message);
  const [first, last] = [messages[0]?.receivedAt ?? 0, messages.at(-1)?.receivedAt ?? 0];
  return both.finish({ from: first, until: last + AFTER_UPLOAD });
}

/** Both rule sets, which hear the same. */
class Both {
  signals = 0;
  private readonly active: Replay;
  private readonly draft: Replay;

  constructor(org: OrganisationId, active: Deciding, draft: Deciding, quiets: readonly Quiet[] = []) {
    this.active = new Replay(org, active.rules, { ...active, quiets });
    this.draft = new Replay(org, draft.rules, { ...draft, quiets });
  }

  receive(message: SignalsMessage): void {
    this.active.receive(message);
    this.draft.receive(message);
    this.signals += message.signals.length;
  }

  finish({
    from,
    until,
    why,
  }: {
    readonly from: Instant;
    readonly until: Instant;
    readonly why?: string;
  }): Tried {
    const difference = differenceOf(this.active.finish(until), this.draft.finish(until));
    const isComplete = why === undefined;
    const covered = { from, until, signals: this.signals, isComplete, ...(why !== undefined && { why }) };
    return { difference, covered };
  }
}
