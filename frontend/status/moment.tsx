import { timeWords } from './words.ts';

/** A time as absolute text; machines read the attribute. */
export function Moment({ at }: { readonly at: string }) {
  return <time dateTime={at}>{timeWords(at)}</time>;
}
