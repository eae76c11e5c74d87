import { Link } from 'wouter';
import { runAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { successText } from './success-text.ts';
import type { RunbookRow } from './use-runbooks.ts';
import { runWords } from './words.ts';

export interface HowItWentProps {
  readonly row: Pick<RunbookRow, 'measured' | 'lastRun' | 'title'>;
  readonly now: number;
}

/** How the runs of a runbook went, and the last one. */
export function HowItWent({ row: { measured, lastRun, title }, now }: HowItWentProps) {
  if (lastRun === undefined) return <p className="soft">Not run yet</p>;
  const state = lastRun.outcome === undefined ? 'Goes on' : runWords[lastRun.outcome];
  return (
    <p className="soft">
      {measured !== undefined && `${capital(successText(measured))}. `}
      <Link to={runAddress(lastRun.id)} aria-label={`The last run of ${title}`}>
        Last run
      </Link>
      : {state}, <Moment at={lastRun.startedAt} now={now} />
    </p>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
