import type { Instant } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { until } from '../../time/age.ts';
import { Moment } from '../../time/moment.tsx';
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
    </li>
  );
}

/** What it is about, until when, why and by whom. */
export function QuietText({ quiet, now }: Pick<SilenceLineProps, 'quiet' | 'now'>) {
  const isPending = Date.parse(quiet.from) > now;
  const { createdBy, changedBy } = quiet;
  const by = createdBy.name ?? createdBy.id;
  const changed = changedBy && `, changed by ${changedBy.name ?? changedBy.id}`;
  return (
    <span className="grow">
      <span className="soft">{kindOf(quiet) === 'silence' ? 'Silence' : 'Maintenance'}</span>{' '}
      <strong>{aboutText(quiet)}</strong>
      <br />
      {isPending ? (
        <>
          Begins {until(Date.parse(quiet.from), now)}, until <Moment at={quiet.to} now={now} />.
        </>
      ) : (
        <>
          Ends {until(Date.parse(quiet.to), now)} (<Moment at={quiet.to} now={now} />
          ).
        </>
      )}
      {'untilResolved' in quiet && quiet.untilResolved && ' For each alert until it is resolved.'}
      <br />
      <span className="soft">
        {quiet.comment} · {by}
        {changed}
      </span>
    </span>
  );
}
