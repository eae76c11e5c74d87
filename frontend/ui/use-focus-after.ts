import { useEffect, useRef } from 'react';

/** The heading that takes the keyboard each time a line was removed; without this it would start again at the top of the page. */
export function useFocusAfter(count: number) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (count > 0) head.current?.focus();
  }, [count]);
  return head;
}
