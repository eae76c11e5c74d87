import { Button } from '@mantine/core';
import type { Pending } from '../../shared/war-room/index.ts';
import { LinkedText } from './linked-text.tsx';

export interface OutboxProps {
  readonly outbox: readonly Pending[];
  onAgain(id: string): void;
  onDrop(id: string): void;
}

/** What is not recorded yet: on its way, or refused with the reason; nothing that was written is lost. */
export function Outbox({ outbox, onAgain, onDrop }: OutboxProps) {
  if (outbox.length === 0) return null;
  return (
    <ul className="outbox" aria-label="Not sent yet">
      {outbox.map(({ frame, refused }) => (
        <li key={frame.id} className={refused === undefined ? '' : 'refused'}>
          <LinkedText>{textOf(frame)}</LinkedText>
          {refused === undefined ? (
            <span className="soft">Sending …</span>
          ) : (
            <span role="alert">
              Not sent: {refused}{' '}
              <Button size="compact-sm" variant="default" onClick={() => onAgain(frame.id)}>
                Try again
              </Button>{' '}
              <Button size="compact-sm" variant="subtle" onClick={() => onDrop(frame.id)}>
                Discard
              </Button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function textOf(frame: Pending['frame']): string {
  switch (frame.type) {
    case 'chat':
      return frame.text;
    case 'action.add':
      return `New action: ${frame.text}`;
    case 'action.change':
      return 'A change of an action';
    case 'pin':
      return frame.up === false ? 'Take down a pin' : 'Pin a message';
    case 'role':
      return `A change of the role ${frame.role}`;
  }
}
