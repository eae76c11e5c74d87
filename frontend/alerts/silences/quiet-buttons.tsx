import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { HOUR, type Instant, toText } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { instantOf, localText } from '../../time/local.ts';
import { Moment } from '../../time/moment.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Question } from '../../ui/question.tsx';
import { endFaultOf, extendedBy } from './extending.ts';
import { aboutText } from './silence-draft.ts';
import { kindOf, type Quiet, useEnd, useMove } from './use-silences.ts';

export interface QuietButtonsProps {
  readonly api: Api;
  readonly quiet: Quiet;
  readonly now: Instant;
  /** It has another end now. */
  onMoved(quiet: Quiet): void;
  onEnded(): void;
}

/** Lets one last longer, or ends it: two taps at most, each with its consequence in words. */
export function QuietButtons({ api, quiet, now, onMoved, onEnded }: QuietButtonsProps) {
  const [moved, setMoved] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const { move, busy, problem } = useMove(api, quiet, (changed) => {
    setMoved(changed.to);
    setAsked(false);
    onMoved(changed);
  });
  const about = aboutText(quiet);
  return (
    <div className="quiet-buttons">
      <div className="buttons">
        {[1, 4].map((hours) => (
          <Button
            key={hours}
            variant="default"
            aria-disabled={busy}
            aria-label={`${hours} h longer: ${about}`}
            onClick={() => move(extendedBy(quiet, hours * HOUR, Date.now()))}
          >
            +{hours} h
          </Button>
        ))}
        <Button
          variant="default"
          aria-expanded={isAsked}
          aria-label={`Until a time: ${about}`}
          onClick={() => setAsked(!isAsked)}
        >
          Until …
        </Button>
        <End {...{ api, quiet, about, onEnded }} />
      </div>
      {isAsked && <UntilForm {...{ quiet, now, busy }} onSend={move} />}
      <p role="status">
        {moved !== undefined && problem === undefined && (
          <>
            It lasts until <Moment at={moved} now={now} /> now.
          </>
        )}
      </p>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </div>
  );
}

interface UntilFormProps extends Pick<QuietButtonsProps, 'quiet' | 'now'> {
  readonly busy: boolean;
  onSend(to: Instant): void;
}

function UntilForm({ quiet, now, busy, onSend }: UntilFormProps) {
  const [to, setTo] = useState(localText(quiet.to));
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = endFaultOf(quiet, instantOf(to), now);
    setFault(found);
    if (found === undefined && !busy) onSend(instantOf(to));
  };
  return (
    <form className="line-form" onSubmit={submit} noValidate>
      <TextInput
        type="datetime-local"
        label="Until"
        description={`In your zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`}
        min={localText(toText(now))}
        error={fault}
        value={to}
        onChange={({ target }) => setTo(target.value)}
      />
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : 'Let it last until then'}
      </Button>
    </form>
  );
}

interface EndProps extends Pick<QuietButtonsProps, 'api' | 'quiet' | 'onEnded'> {
  readonly about: string;
}

/** Asks first: it stands beside what lets it last longer, and it may wake somebody. */
function End({ api, quiet, about, onEnded }: EndProps) {
  const [isAsked, setAsked] = useState(false);
  const { end, busy, problem } = useEnd(api, quiet, () => {
    setAsked(false);
    onEnded();
  });
  const name = kindOf(quiet) === 'silence' ? 'the silence' : 'the maintenance';
  return (
    <>
      <Button variant="default" aria-label={`End now: ${about}`} onClick={() => setAsked(true)}>
        End now
      </Button>
      {isAsked && (
        <Question
          {...{ verb: 'End', name, busy, problem }}
          consequence={`${about}: what it holds back and still fires is placed within a minute, which may page somebody.`}
          onYes={() => end()}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
