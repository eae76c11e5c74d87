import { Button } from '@mantine/core';
import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import { Failed } from './failed.tsx';
import { type Publishing, useChange } from './use-status.ts';

export interface MoveButtonsProps extends Publishing {
  readonly name: string;
  /** Below `/api/status`. */
  readonly path: string;
  /** The ids of those among which it stands, itself included, in their order. */
  readonly among: readonly string[];
  readonly id: string;
}

/** Moves one thing up or down among those it stands with, by the keyboard as well as by a finger. */
export function MoveButtons({ api, name, path, among, id, onChanged }: MoveButtonsProps) {
  const place = among.indexOf(id);
  const said = useRef('');
  const { change, busy, problem } = useChange(api, () => onChanged(said.current));
  const keyboard = useKeptFocus();
  const move = (by: -1 | 1) => {
    const to = place + by;
    if (busy || to < 0 || to >= among.length) return;
    said.current = `${name} is number ${to + 1} of ${among.length} now.`;
    const before = among[by < 0 ? to : to + 1] ?? null;
    change({ method: 'PATCH', path, body: { before } });
  };
  if (among.length < 2) return null;
  return (
    <>
      <div className="moves" {...keyboard}>
        <Button
          variant="default"
          aria-label={`Move ${name} up`}
          aria-disabled={busy || place === 0}
          onClick={() => move(-1)}
        >
          <Arrow turn="M2 8l5-5 5 5" />
        </Button>
        <Button
          variant="default"
          aria-label={`Move ${name} down`}
          aria-disabled={busy || place === among.length - 1}
          onClick={() => move(1)}
        >
          <Arrow turn="M2 5l5 5 5-5" />
        </Button>
      </div>
      <Failed problem={problem} />
    </>
  );
}

/** Drawn: not every font has arrows. */
function Arrow({ turn }: { readonly turn: string }) {
  return (
    <svg width="14" height="13" aria-hidden="true">
      <path d={turn} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

/** Keeps the keyboard on the button that moved its own row: a browser takes it away from what changes its place. */
function useKeptFocus() {
  const last = useRef<HTMLElement>(undefined);
  useLayoutEffect(() => {
    if (last.current?.isConnected && document.activeElement === document.body) last.current.focus();
  });
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      last.current = target;
    },
    onBlur: ({ relatedTarget }: FocusEvent<HTMLElement>) => {
      if (relatedTarget !== null) last.current = undefined;
    },
  };
}
