import { Button } from '@mantine/core';
import type { PinPart } from '../../shared/war-room/index.ts';
import { LinkedText } from './linked-text.tsx';

export interface PinsProps {
  readonly pins: readonly PinPart[];
  readonly mayWrite: boolean;
  onPin(seq: number, up: boolean): void;
}

/** What stays in sight; nothing at all when nothing is pinned. */
export function Pins({ pins, mayWrite, onPin }: PinsProps) {
  if (pins.length === 0) return null;
  return (
    <section aria-labelledby="pins">
      <h2 id="pins">Pinned</h2>
      <ul className="pins">
        {pins.map(({ pinned, text, by }) => (
          <li key={pinned}>
            <LinkedText>{text}</LinkedText> <span className="soft">{by}</span>{' '}
            {mayWrite && (
              <Button size="compact-xs" variant="subtle" onClick={() => onPin(pinned, false)}>
                Unpin
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
