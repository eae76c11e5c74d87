import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DifferenceView } from './difference-view.tsx';
import { type Making, type Plan, usePutting } from './use-putting.ts';

export interface PutDialogProps {
  readonly api: Api;
  readonly title: string;
  /** What the button does, such as `Put in force`. */
  readonly verb: string;
  /** The version that the change was begun from, where it was. */
  readonly from?: number | undefined;
  readonly make: Making;
  /** Names what is made; another name is planned anew. @default the same */
  readonly of?: string;
  readonly reason: string;
  /** What else is asked. */
  readonly children?: ReactNode;
  onReason(reason: string): void;
  onDone(version: number): void;
  onClose(): void;
}

/** Shows what a change of the configuration does, asks why, and puts exactly that in force. */
export function PutDialog({
  api,
  title,
  verb,
  from,
  make,
  of = '',
  reason,
  children,
  ...on
}: PutDialogProps) {
  const { planned, busy, problem, plan, put } = usePutting(api, make, on.onDone);
  const [tried, setTried] = useState(false);
  const planning = useRef(plan);
  planning.current = plan;
  useEffect(() => {
    if (of !== undefined) planning.current();
  }, [of]);
  const isMissing = reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isMissing && planned !== undefined) put(reason.trim());
  };
  return (
    <Dialog title={title} onClose={on.onClose}>
      {children}
      {planned === undefined && busy && <Waiting what="what it changes" />}
      {planned !== undefined && <Planned plan={planned.plan} from={from} />}
      {problem !== undefined && (
        <>
          <Notice>{problem.message} What you wrote is kept.</Notice>
          <div>
            <Button variant="default" aria-disabled={busy} onClick={plan}>
              Look again
            </Button>
          </div>
        </>
      )}
      <form onSubmit={submit} noValidate>
        <TextInput
          className="whole"
          label="Why"
          description="For those who read the versions."
          maxLength={500}
          value={reason}
          error={tried && isMissing ? 'Say why.' : undefined}
          onChange={({ target }) => on.onReason(target.value)}
        />
        <div className="dialog-actions">
          <Button variant="default" onClick={on.onClose}>
            Not now
          </Button>
          <Button type="submit" aria-disabled={busy || planned === undefined}>
            {busy ? 'One moment …' : verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Planned({ plan, from }: { readonly plan: Plan; readonly from: number | undefined }) {
  return (
    <>
      {from !== undefined && from !== plan.version && (
        <p className="went-on">
          Version {plan.version} is in force by now; yours was begun from version {from}. What others changed
          since then is taken back where it stands below.
        </p>
      )}
      <p>This is what changes against version {plan.version}, which is in force:</p>
      <DifferenceView difference={plan} same="Nothing: it says the same." />
      {plan.warnings.length > 0 && (
        <details>
          <summary>
            {plan.warnings.length === 1 ? '1 thing is odd' : `${plan.warnings.length} things are odd`} about
            it
          </summary>
          <ul className="plain">
            {plan.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
