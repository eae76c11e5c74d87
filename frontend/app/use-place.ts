import { useLocation } from 'wouter';

/** The path that is shown. The first page has two spellings, of which this gives one. */
export function usePlace(): string {
  const [path] = useLocation();
  return path === '/' ? '/incidents' : path;
}
