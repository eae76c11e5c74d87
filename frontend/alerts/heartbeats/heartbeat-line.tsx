import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { Api } from '../../api/use-api.ts';
import { SeverityBadge } from '../../incidents/severity-badge.tsx';
import { Notice } from '../../ui/notice.tsx';
import { changeOf, draftOf } from './heartbeat-draft.ts';
import { HeartbeatForm } from './heartbeat-form.tsx';
import { HeartbeatState } from './heartbeat-state.tsx';
import { rhythmOf, signOf, signWords } from './heartbeat-words.ts';
import { type Heartbeat, useHeartbeat } from './use-heartbeats.ts';

export interface HeartbeatLineProps {
  readonly api: Api;
  readonly heartbeat: Heartbeat;
  readonly now: number;
  readonly mayChange: boolean;
  /** Names of services that are known. */
  readonly known: readonly string[];
  /** It was changed; says how. */
  onChanged(said: string): void;
  onRemove(heartbeat: Heartbeat): void;
}

/** One heartbeat: how it stands, what is expected of it, and ways to pause, to change and to remove it. */
export function HeartbeatLine({ heartbeat, now, mayChange, ...rest }: HeartbeatLineProps) {
  const { name, severity, service, tags = [], ownerTeam } = heartbeat;
  const sign = signOf(heartbeat, now);
  return (
    <li>
      <span className="sign">
        <span className={`state beat-${sign}`}>{signWords[sign]}</span>
      </span>
      <span className="grow">
        <strong>{name}</strong> <SeverityBadge severity={severity} />
        <br />
        <HeartbeatState heartbeat={heartbeat} now={now} />
        <br />
        <span className="soft">
          {[rhythmOf(heartbeat), service, ownerTeam, ...tags].filter((one) => one !== undefined).join(' · ')}
        </span>
      </span>
      {mayChange && <Changes heartbeat={heartbeat} {...rest} />}
    </li>
  );
}

type ChangesProps = Omit<HeartbeatLineProps, 'now' | 'mayChange'>;

function Changes({ onRemove, ...shared }: ChangesProps) {
  const { name } = shared.heartbeat;
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useId();
  const onSaved = () => {
    setOpen(false);
    opener.current?.focus();
    shared.onChanged(`${name} was saved.`);
  };
  return (
    <>
      <span className="buttons">
        <Pause {...shared} />
        <Button
          variant="default"
          ref={opener}
          aria-expanded={isOpen}
          aria-controls={panel}
          aria-label={`${isOpen ? 'Close' : 'Change'} ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Close' : 'Change'}
        </Button>
        <Button variant="default" aria-label={`Remove ${name}`} onClick={() => onRemove(shared.heartbeat)}>
          Remove
        </Button>
      </span>
      <div id={panel} className="panel" hidden={!isOpen}>
        {isOpen && <Change {...shared} onSaved={onSaved} />}
      </div>
    </>
  );
}

/** Stops expecting anything of it, or begins again. */
function Pause({ api, heartbeat: { name, enabled }, onChanged }: Omit<ChangesProps, 'onRemove'>) {
  const { busy, problem, change } = useHeartbeat(api, name, () =>
    onChanged(`${name} ${enabled ? 'is paused' : 'goes on'}.`),
  );
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(enabled);
  // Its line may go to another place of the list, and takes the keyboard along: the view follows.
  useEffect(() => {
    const own = button.current;
    const isChanged = was.current !== enabled;
    was.current = enabled;
    if (isChanged && own !== null && own === document.activeElement) own.scrollIntoView({ block: 'nearest' });
  }, [enabled]);
  return (
    <>
      <Button
        variant="default"
        ref={button}
        aria-disabled={busy}
        aria-label={`${enabled ? 'Pause' : 'Resume'} ${name}`}
        onClick={() => change({ enabled: !enabled })}
      >
        {enabled ? 'Pause' : 'Resume'}
      </Button>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </>
  );
}

interface ChangeProps extends Pick<ChangesProps, 'api' | 'heartbeat' | 'known'> {
  onSaved(): void;
}

function Change({ api, heartbeat, known, onSaved }: ChangeProps) {
  const { busy, problem, change } = useHeartbeat(api, heartbeat.name, onSaved);
  return (
    <HeartbeatForm
      first={draftOf(heartbeat)}
      isNew={false}
      {...{ known, busy, problem }}
      onSend={(draft) => change(changeOf(draft))}
    />
  );
}
