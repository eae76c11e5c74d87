import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Api } from '../api/use-api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DifferenceView } from './difference-view.tsx';
import { ReasonForm } from './reason-form.tsx';
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
export function PutDialog(props: PutDialogProps) {
  const { api, title, verb, from, make, of = '', reason, children, onReason, onDone, onClose } = props;
  const { plan, busy, problem, lookAgain, put } = usePutting(api, of, make, onDone);
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {plan === undefined && busy && <Waiting what="what it changes" />}
      {plan !== undefined && <Planned plan={plan} from={from} />}
      {problem !== undefined && (
        <>
          <Notice>{problem.message} What you wrote is kept.</Notice>
          <div>
            <Button variant="default" aria-disabled={busy} onClick={lookAgain}>
              Look again
            </Button>
          </div>
        </>
      )}
      <ReasonForm
        {...{ reason, verb, busy, onReason }}
        leave="Not now"
        isReady={plan !== undefined}
        onSend={put}
        onLeave={onClose}
      />
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
