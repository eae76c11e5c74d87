import { type ReactNode, useLayoutEffect, useRef } from 'react';

export interface FoldProps {
  readonly title: string;
  /** Something is written in it that is not sent yet: then it begins open, and closes once that is sent. */
  readonly isBegun?: boolean;
  /** @default a part of what it stands in */
  readonly isCard?: boolean;
  /** What most people come for: it looks like a button while it is closed. @default false */
  readonly isMain?: boolean;
  readonly children: ReactNode;
}

/** A form or a list that is closed until somebody wants it. What is written in it stays when it is closed. */
export function Fold({ title, isBegun = false, isCard = false, isMain = false, children }: FoldProps) {
  const summary = useRef<HTMLElement>(null);
  const was = useRef(isBegun);
  // What was sent closes with the button that the keyboard was on.
  useLayoutEffect(() => {
    if (was.current && !isBegun) summary.current?.focus({ preventScroll: true });
    was.current = isBegun;
  }, [isBegun]);
  return (
    <details className={isCard ? 'card' : isMain ? 'main-fold' : undefined} open={isBegun || undefined}>
      <summary ref={summary}>
        {title}
        {isBegun && <span className="soft"> (begun)</span>}
      </summary>
      {children}
    </details>
  );
}
