import { Button } from '@mantine/core';
import { useState } from 'react';
import { stateWords } from '../status/words.ts';
import { Moment } from '../time/moment.tsx';
import { Fold } from '../ui/fold.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { Removal, type Removed } from './removal.tsx';
import type { PageIncident, Publishing } from './use-status.ts';

type Update = PageIncident['updates'][number];

export interface ToldListProps extends Publishing {
  readonly incident: PageIncident;
  readonly now: number;
}

/** What was told of an incident, the newest first, to be corrected or withdrawn. */
export function ToldList({ incident, now, ...publishing }: ToldListProps) {
  const [doomed, setDoomed] = useState<Removed>();
  const [newest, ...earlier] = incident.updates;
  const first = incident.updates.at(-1);
  const path = `/incidents/${incident.id}/updates`;
  const item = (update: Update) => (
    <Told
      key={update.id}
      {...{ update, now, path, ...publishing }}
      name={`“${stateWords[update.state]}” of ${incident.title}`}
      onWithdraw={update.id === first?.id ? undefined : setDoomed}
    />
  );
  return (
    <>
      {newest && <ol className="told">{item(newest)}</ol>}
      {earlier.length > 0 && (
        <Fold title={earlier.length === 1 ? 'The update before' : `${earlier.length} earlier updates`}>
          <ol className="told">{earlier.map(item)}</ol>
        </Fold>
      )}
      {doomed !== undefined && (
        <Removal key={doomed.path} of={doomed} {...publishing} onClose={() => setDoomed(undefined)} />
      )}
    </>
  );
}

interface ToldProps extends Publishing {
  readonly update: Update;
  readonly now: number;
  /** What it is called beside those of other incidents. */
  readonly name: string;
  /** Where the updates of its incident are, below `/api/status`. */
  readonly path: string;
  /** @default it cannot be withdrawn */
  readonly onWithdraw?: ((removed: Removed) => void) | undefined;
}

function Told({ update, now, name, path, onWithdraw, ...publishing }: ToldProps) {
  const { id, state, text, at, correctedAt, withdrawnAt } = update;
  const [isCorrecting, setCorrecting] = useState(false);
  return (
    <li>
      <p>
        <b>{stateWords[state]}</b>{' '}
        <span className="soft">
          <Moment at={at} now={now} />
          {withdrawnAt !== undefined ? ' (withdrawn)' : correctedAt !== undefined && ' (corrected)'}
        </span>
      </p>
      <p className="words" dir="auto">
        {text}
      </p>
      {withdrawnAt === undefined && (
        <div className="buttons">
          <Button
            variant="default"
            aria-expanded={isCorrecting}
            aria-label={`Correct ${name}`}
            onClick={() => setCorrecting(!isCorrecting)}
          >
            Correct
          </Button>
          {onWithdraw && <Withdraw name={name} path={`${path}/${id}`} onWithdraw={onWithdraw} />}
        </div>
      )}
      <CorrectionForm
        {...{ update, name, path, ...publishing }}
        isOpen={isCorrecting}
        onClose={() => setCorrecting(false)}
      />
    </li>
  );
}

interface WithdrawProps {
  readonly name: string;
  readonly path: string;
  onWithdraw(removed: Removed): void;
}

function Withdraw({ name, path, onWithdraw }: WithdrawProps) {
  const removed: Removed = {
    name: `the update ${name}`,
    path,
    verb: 'Withdraw',
    done: 'The update is withdrawn.',
    consequence:
      'Its words leave the page, and the update before it holds again. That it was withdrawn stays visible, and who was mailed keeps the mail.',
  };
  return (
    <Button variant="default" aria-label={`Withdraw ${name}`} onClick={() => onWithdraw(removed)}>
      Withdraw
    </Button>
  );
}
