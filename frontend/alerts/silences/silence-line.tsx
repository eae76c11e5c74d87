import type { Instant } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { until } from '../../time/age.ts';
import { Moment } from '../../time/moment.tsx';
import { HeldAlerts } from './held-alerts.tsx';
import { QuietButtons } from './quiet-buttons.tsx';
import { aboutText } from './silence-draft.ts';
import { kindOf, type Quiet } from './use-silences.ts';

export interface SilenceLineProps {
  readonly api: Api;
  readonly quiet: Quiet;
  readonly now: Instant;
  readonly mayChange: boolean;
  onMoved(): void;
  onEnded(about: string): void;
}

/** One silence or maintenance window: what it is about, until when, why and by whom. */
export function SilenceLine({ api, quiet, now, mayChange, onMoved, onEnded }: SilenceLineProps) {
  const about = aboutText(quiet);
  return (
    <li>
      <QuietText quiet={quiet} now={now} />
      {mayChange && <QuietButtons {...{ api, quiet, now, onMoved }} onEnded={() => onEnded(about)} />}
      {Date.parse(quiet.from) <= now && <HeldAlerts {...{ api, quiet, now }} />}
    </li>
  );
}

/** What it is about, until when, why and by whom. */
export function QuietText({ quiet, now }: Pick<SilenceLineProps, 'quiet' | 'now'>) {
  const { createdBy, changedBy, endedBy } = quiet;
  const by = createdBy.name ?? createdBy.id;
  const changed = changedBy && `, changed by ${changedBy.name ?? changedBy.id}`;
  const ended = endedBy && `, ended by ${endedBy.name ?? endedBy.id}`;
  return (
    <span className="grow">
      <span className="soft">{kindOf(quiet) === 'silence' ? 'Silence' : 'Maintenance'}</span>{' '}
      <strong>{aboutText(quiet)}</strong>
      <br />
      <Times quiet={quiet} now={now} />
      {'untilResolved' in quiet && quiet.untilResolved && ' For each alert until it is resolved.'}
      <br />
      <span className="soft">
        {quiet.comment} · {by}
        {changed}
        {ended}
      </span>
    </span>
  );
}

/** Since when it holds and until when, or did. */
function Times({ quiet: { from, to, state }, now }: Pick<SilenceLineProps, 'quiet' | 'now'>) {
  const [begin, end] = [<Moment key="from" at={from} now={now} />, <Moment key="to" at={to} now={now} />];
  if (state === 'expired')
    return (
      <>
        From {begin} to {end}.
      </>
    );
  return Date.parse(from) > now ? (
    <>
      Begins {until(Date.parse(from), now)} ({begin}), until {end}.
    </>
  ) : (
    <>
      Since {begin}. Ends {until(Date.parse(to), now)} ({end}).
    </>
  );
}
