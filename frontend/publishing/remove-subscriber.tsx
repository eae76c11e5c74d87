import { Button } from '@mantine/core';
import type { Api } from '../api/use-api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
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
    <Dialog title={`Remove ${subscriber.email}?`} onClose={onClose}>
      <p>It gets no more mails about the status page. Its reader may subscribe again at any time.</p>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" aria-disabled={busy} onClick={() => remove(subscriber.id)}>
          {busy ? 'One moment …' : 'Remove it'}
        </Button>
      </div>
    </Dialog>
  );
}
