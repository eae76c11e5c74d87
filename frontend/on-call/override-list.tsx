import { Button } from '@mantine/core';
import { useState } from 'react';
import { Moment } from '../time/moment.tsx';
import { Question } from '../ui/question.tsx';
import type { Override, useOverrides } from './use-schedule.ts';

export interface OverrideListProps {
  readonly items: readonly Override[];
  /** Absent for whoever may not end them. */
  readonly overrides: ReturnType<typeof useOverrides> | undefined;
  readonly now: number;
}

/** The overrides that have not ended. */
export function OverrideList({ items, overrides, now }: OverrideListProps) {
  const [asked, setAsked] = useState<Override>();
  if (items.length === 0) return null;
  return (
    <>
      <h3>Taken over</h3>
      <ul className="taken-over">
        {items.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.person.name}</strong> for {one.instead?.name ?? 'whoever is on call'}{' '}
              <span className="soft">
                <Moment at={one.from} now={now} /> to <Moment at={one.to} now={now} />
              </span>
            </span>
            {overrides && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`End what ${one.person.name} has taken over`}
                onClick={() => setAsked(one)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && overrides && (
        <Question
          verb="End"
          name={`what ${asked.person.name} has taken over`}
          consequence={consequenceOf(asked, now)}
          busy={overrides.busy}
          problem={overrides.problem}
          onYes={() => overrides.end(asked.id, () => setAsked(undefined))}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

const consequenceOf = ({ from }: Override, now: number): string =>
  Date.parse(from) <= now
    ? 'From now on the schedule says again who is on call.'
    : 'It has not begun; it will not take place.';
