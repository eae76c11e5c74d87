import { useEffect, useRef, useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailedLoad } from '../ui/failed-load.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DifferenceView } from './difference-view.tsx';
import { ReasonForm } from './reason-form.tsx';
import { useDifference, useRollback } from './use-versions.ts';

export interface RollBackProps {
  readonly api: Api;
  readonly version: number;
  readonly inForce: number;
  onDone(words: string): void;
  onClose(): void;
}

/** Asks why an earlier version is put in force again, and shows what that changes. */
export function RollBack({ api, version, inForce, onDone, onClose }: RollBackProps) {
  const [reason, setReason] = useState('');
  const { difference, problem: unknown, ask } = useDifference(api, inForce, version);
  const { busy, problem, rollBack } = useRollback(api, inForce, onDone);
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  });
  // Anew when another version has come in force meanwhile.
  useEffect(() => {
    if (inForce > 0 && version > 0) asking.current();
  }, [inForce, version]);
  return (
    <Dialog title={`Roll back to version ${version}?`} onClose={onClose}>
      <p>This is what changes against version {inForce}, which is in force:</p>
      <FailedLoad problem={unknown} onAgain={ask} />
      {difference === undefined && unknown === undefined && <Waiting what="both versions" />}
      {difference !== undefined && (
        <DifferenceView difference={difference} same="Nothing: both versions are the same." />
      )}
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <ReasonForm
        {...{ reason, busy }}
        verb="Roll back"
        leave="Leave it"
        isGrave
        isReady
        onReason={setReason}
        onSend={(why) => rollBack(version, why)}
        onLeave={onClose}
      />
    </Dialog>
  );
}
