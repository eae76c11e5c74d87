import { Button } from '@mantine/core';
import type { Instant } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { until } from '../../time/age.ts';
import { Moment } from '../../time/moment.tsx';
import { Notice } from '../../ui/notice.tsx';
import { aboutText } from './silence-draft.ts';
import { kindOf, type Quiet, useEnd } from './use-silences.ts';

export interface SilenceLineProps {
  readonly api: Api;
  readonly quiet: Quiet;
  readonly now: Instant;
  readonly mayEnd: boolean;
  onEnded(about: string): void;
}

/** One silence or maintenance window: what it is about, until when, why and by whom. */
export function SilenceLine({ api, quiet, now, mayEnd, onEnded }: SilenceLineProps) {
  const about = aboutText(quiet);
  const isPending = Date.parse(quiet.from) > now;
  const by = quiet.createdBy.name ?? quiet.createdBy.id;
  return (
    <li>
      <span className="grow">
        <span className="soft">{kindOf(quiet) === 'silence' ? 'Silence' : 'Maintenance'}</span>{' '}
        <strong>{about}</strong>
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
        </span>
      </span>
      {mayEnd && <End {...{ api, quiet, about }} onEnded={() => onEnded(about)} />}
    </li>
  );
}

interface EndProps extends Pick<SilenceLineProps, 'api' | 'quiet'> {
  readonly about: string;
  onEnded(): void;
}

function End({ api, quiet, about, onEnded }: EndProps) {
  const { end, busy, problem } = useEnd(api, quiet, onEnded);
  return (
    <span className="buttons">
      <Button variant="default" aria-disabled={busy} aria-label={`End now: ${about}`} onClick={() => end()}>
        End now
      </Button>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </span>
  );
}
