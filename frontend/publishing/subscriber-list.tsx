import { Button } from '@mantine/core';
import { Day } from '../time/day.tsx';
import type { Subscriber } from './use-subscribers.ts';

export interface SubscriberListProps {
  readonly subscribers: readonly Subscriber[];
  /** Absent for those who may only look. */
  readonly onRemove: ((subscriber: Subscriber) => void) | undefined;
}

/** The addresses that are mailed, or were asked whether they want to be, one line each. */
export function SubscriberList({ subscribers, onRemove }: SubscriberListProps) {
  return (
    <ul className="card lines" aria-label="Subscribers">
      {subscribers.map((subscriber) => (
        <li key={subscriber.id}>
          <span className="grow">
            <strong>
              <bdi>{subscriber.email}</bdi>
            </strong>
            <br />
            <span className="soft">
              {stateWords[subscriber.state]}, asked <Day at={subscriber.askedAt} />
            </span>
          </span>
          {onRemove && (
            <Button
              variant="default"
              aria-label={`Remove ${subscriber.email}`}
              onClick={() => onRemove(subscriber)}
            >
              Remove
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

const stateWords: Readonly<Record<Subscriber['state'], string>> = {
  pending: 'Waiting for confirmation',
  confirmed: 'Confirmed',
};
