import type { Api } from '../api/use-api.ts';
import { Question } from '../ui/question.tsx';
import { type Subscriber, useRemoving } from './use-subscribers.ts';

export interface RemoveSubscriberProps {
  readonly api: Api;
  readonly subscriber: Subscriber;
  onRemoved(subscriber: Subscriber): void;
  onClose(): void;
}

/** Asks once more before an address is removed. */
export function RemoveSubscriber({ api, subscriber, onRemoved, onClose }: RemoveSubscriberProps) {
  const { remove, busy, problem } = useRemoving(api, () => onRemoved(subscriber));
  return (
    <Question
      verb="Remove"
      name={subscriber.email}
      consequence="It gets no more mails about the status page. Its reader may subscribe again at any time."
      {...{ busy, problem, onClose }}
      onYes={() => remove(subscriber.id)}
    />
  );
}
