import { useCallback, useEffect, useState } from 'react';
import { type Problem, problemBehind } from './problem.ts';

/** What of a long list is there: its items so far, whether that is all, and why it goes no further. */
export interface Whole<Item> {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
  readonly problem?: Problem;
}

const nothing = { items: [], isWhole: false };

/** Loads a list to its end, page by page; what is there is shown while the rest is on its way. Give it stable `pages`. */
export function useWhole<Item>(
  pages: (signal: AbortSignal) => AsyncIterable<readonly Item[]>,
): Whole<Item> & { again(): void } {
  const [begun, setBegun] = useState<Whole<Item>>(nothing);
  const [whole, setWhole] = useState(begun);
  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      let { items } = begun;
      for await (const page of pages(stop.signal)) {
        items = [...items, ...page];
        setWhole({ items, isWhole: false });
      }
      setWhole({ items, isWhole: true });
    };
    setWhole(begun);
    load().catch((thrown: unknown) => {
      if (!stop.signal.aborted) setWhole((known) => ({ ...known, problem: problemBehind(thrown) }));
    });
    return () => stop.abort();
  }, [pages, begun]);
  return { ...whole, again: useCallback(() => setBegun({ ...nothing }), []) };
}
