import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { goTo } from './use-place.ts';

export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string;
}

/** A link within the console; a new tab or window stays the browser's business. */
export function Link({ to, children, ...others }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a {...others} href={to} onClick={follow}>
      {children}
    </a>
  );
}
