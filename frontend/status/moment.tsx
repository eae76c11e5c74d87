import { clockWords, timeWords } from './words.ts';

export interface MomentProps {
  /** RFC 3339, in UTC. */
  readonly at: string;
  /** What was told just before: of the same day only the hour is told again. @default none */
  readonly after?: string;
}

/** A time as absolute text; machines read the attribute. */
export function Moment({ at, after }: MomentProps) {
  const isSameDay = after?.slice(0, 10) === at.slice(0, 10);
  return <time dateTime={at}>{isSameDay ? clockWords(at) : timeWords(at)}</time>;
}
