import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { channelNames } from '../../shared/on-call/outcome-text.ts';
import type { Api } from '../api/use-api.ts';
import { Moment } from '../time/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { type OwnChannel, useOwnChannels } from './use-own-channels.ts';

export interface OwnChannelsProps {
  readonly api: Api;
  readonly now: number;
}

/** Lets somebody try their own channels before the night; asked for when it is opened. */
export function OwnChannels({ api, now }: OwnChannelsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="card" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Try my channels</summary>
      {isOpen && <Channels api={api} now={now} />}
    </details>
  );
}

function Channels({ api, now }: OwnChannelsProps) {
  const { polled, task, send, confirm } = useOwnChannels(api);
  const { value } = polled;
  const problem = task.problem ?? polled.problem;
  return (
    <div className="own-channels">
      {value === undefined && problem === undefined && <Waiting what="your channels" />}
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      {value !== undefined && (
        <>
          <ul>
            {value.items.map((one) => (
              <li key={one.channel}>
                <div>
                  <b>{nameOf(one)}</b>
                  <Outcome channel={one} now={now} />
                </div>
                <Button
                  variant="default"
                  aria-label={`Send a test by ${channelNames[one.channel]}`}
                  aria-disabled={task.busy}
                  onClick={() => !task.busy && send(one.channel)}
                >
                  Send a test
                </Button>
              </li>
            ))}
          </ul>
          {value.items.some(isToBeConfirmed) && <Code busy={task.busy} onCode={confirm} />}
          <p className="soft">A test goes the way of a page. {value.left} of 5 are left in this hour.</p>
        </>
      )}
    </div>
  );
}

const nameOf = ({ channel }: OwnChannel): string =>
  `${channelNames[channel].charAt(0).toUpperCase()}${channelNames[channel].slice(1)}`;

const isToBeConfirmed = ({ confirmed, test }: OwnChannel): boolean => !confirmed && test !== undefined;

function Outcome({
  channel: { confirmed, test },
  now,
}: {
  readonly channel: OwnChannel;
  readonly now: number;
}) {
  if (test === undefined)
    return (
      <span className="soft">
        {confirmed ? 'Not tried yet' : 'Not confirmed: the first test sends a code'}
      </span>
    );
  const { state, at, reason } = test;
  if (state === 'planned' || state === 'claimed') return <span className="soft">Being sent …</span>;
  const taken = confirmed ? 'Taken by the provider' : 'A code was sent; give it below';
  return (
    <span className={state === 'sent' ? 'soft' : 'failed'}>
      {state === 'sent' ? taken : `Not sent: ${reason ?? state}`}{' '}
      {at !== undefined && <Moment at={at} now={now} />}
    </span>
  );
}

interface CodeProps {
  readonly busy: boolean;
  onCode(code: string, then: () => void): void;
}

function Code({ busy, onCode }: CodeProps) {
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onCode(code.trim(), () => setCode(''));
  };
  return (
    <form className="code" onSubmit={submit} aria-label="Confirm my number">
      <TextInput
        label="The code that the text message has"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\d{6}"
        required
        withAsterisk={false}
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <Button type="submit" aria-disabled={busy}>
        Confirm my number
      </Button>
    </form>
  );
}
