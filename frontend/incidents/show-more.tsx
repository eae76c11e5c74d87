import { Button } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import type { Listed } from './listed.ts';
import type { Listing } from './listing.ts';
import { countText } from './words.ts';

export interface ShowMoreProps extends Pick<Listed, 'more' | 'total'> {
  readonly listing: Listing;
  /** How many are shown. */
  readonly count: number;
  /** How many of these have the words that are looked for, when some are. */
  readonly matching?: number | undefined;
  /** More was asked for and is not there yet. */
  readonly busy: boolean;
  /** Where the incidents are, each with one link. */
  readonly list: RefObject<HTMLElement | null>;
  onMore(): void;
}

/** How much of the list is shown, and more of it. The keyboard goes on at the first incident that was added. */
export function ShowMore({ listing, count, matching, total, more, busy, list, onMore }: ShowMoreProps) {
  const button = useRef<HTMLButtonElement>(null);
  const sentence = useRef<HTMLParagraphElement>(null);
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (busy || before.current === undefined) return;
    const added = list.current?.querySelectorAll<HTMLElement>('li a')[before.current];
    before.current = undefined;
    const here = document.activeElement;
    // Whoever went elsewhere meanwhile stays there; a page may also add nothing and leave the button.
    if (here === document.body || (here === button.current && added)) (added ?? sentence.current)?.focus();
  }, [busy, list]);
  const press = () => {
    if (busy) return;
    before.current = matching ?? count;
    onMore();
  };
  return (
    <div className="more">
      <p className="soft" tabIndex={-1} ref={sentence}>
        {howMany({ listing, count, matching, total, more })}
      </p>
      {more && (
        <Button variant="default" aria-disabled={busy} onClick={press} ref={button}>
          Show more
        </Button>
      )}
      <p role="status">{busy && 'One moment …'}</p>
    </div>
  );
}

type HowManyProps = Omit<ShowMoreProps, 'busy' | 'list' | 'onMore'>;

function howMany({ listing, count, matching, total, more }: HowManyProps): string {
  if (matching !== undefined && count > 0)
    return `${countText(matching)} of the ${countText(count)} that were looked through.`;
  if (count === 0) return more ? '' : 'There are no more.';
  const shown = countText(count);
  if (!more) return count === 1 ? 'That is the only one.' : `All ${shown} are shown.`;
  const of = total === undefined ? '' : ` of ${countText(total)}`;
  return listing === 'resolved'
    ? `The newest ${shown}${of} are shown.`
    : `The ${shown} most urgent${of} are shown.`;
}
