import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { IncidentView } from '../../shared/incidents/index.ts';
import { Notice } from '../ui/notice.tsx';
import type { Change } from './use-change.ts';

type State = IncidentView['state'];

/** What a person did: moved the incident to a state, or said that the harm has ended. */
export type Done = State | 'mitigated';

const outcomes: Readonly<Record<Done, string>> = {
  mitigated: 'Marked as mitigated.',
  acknowledged: 'Acknowledged. The escalation has stopped.',
  resolved: 'Resolved.',
  triggered: 'Reopened.',
};

export interface IncidentActionsProps {
  readonly incident: Pick<IncidentView, 'state' | 'mitigatedAt' | 'mergedInto'>;
  /** Whether the person's role may change incidents. */
  readonly allowed: boolean;
  readonly change: Change;
  onMove(to: Done): void;
}

/** What can be done with an incident in its state. */
export function IncidentActions({ incident, allowed, change, onMove }: IncidentActionsProps) {
  const { state, mitigatedAt, mergedInto } = incident;
  const { busy, done, problem } = change;
  const outcome = useRef<HTMLParagraphElement>(null);
  // The button that was pressed goes away; without this the keyboard would start again at the top of the page.
  useEffect(() => {
    if (done !== undefined) outcome.current?.focus();
  }, [done]);
  if (!allowed) return <p className="soft">Your role may read incidents, not change them.</p>;
  const button = (to: Done, word: string, variant: 'filled' | 'default') => (
    <Button variant={variant} aria-disabled={busy} onClick={() => !busy && onMove(to)}>
      {word}
    </Button>
  );
  return (
    <div className="actions">
      {state === 'triggered' && button('acknowledged', 'Acknowledge', 'filled')}
      {state === 'acknowledged' && button('resolved', 'Resolve', 'filled')}
      {state === 'triggered' && button('resolved', 'Resolve', 'default')}
      {state !== 'resolved' &&
        mitigatedAt === undefined &&
        button('mitigated', 'Mark as mitigated', 'default')}
      {state === 'resolved' && mergedInto === undefined && button('triggered', 'Reopen', 'default')}
      <p role="status" tabIndex={-1} ref={outcome}>
        {busy ? 'One moment …' : done === undefined ? '' : outcomes[done]}
      </p>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </div>
  );
}
