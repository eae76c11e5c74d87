import { digestBytes } from '../kernel/index.ts';

/** A stable number from 0 to `count` - 1 for a text. */
export function shardOf(text: string, count: number): number {
  const [first = 0, second = 0] = digestBytes(text);
  return (first * 256 + second) % count;
}
