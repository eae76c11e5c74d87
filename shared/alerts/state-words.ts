import { textOf } from './reading.ts';
import type { SignalState } from './signal.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const ended = set(
  'resolved resolve closed close recovered recovery ok okay up normal cleared clear healthy green fixed inactive',
);
const taken = set('acknowledged acknowledge acked ack');
const begun = set(
  'firing fire triggered trigger alerting open opened reopened active down critical warning failed failure failing fail ' +
    'error unhealthy red new created create nodata pending unknown',
);
/** Names of the thing, which say that it fires unless another word says what became of it. */
const things = set('alert alarm problem');
const denied = set('not no never isn un non without');

/**
 * The state that a source's own word means, or nothing. Whole words only: `upstream_down`, `backup_failed` or `update` hold
 * the letters of "up" but say nothing of an end. Where words contradict each other the alert fires: a page too many is cheaper.
 */
export function stateOf(said: unknown): SignalState | undefined {
  const tokens = tokensOf(textOf(said) ?? '');
  if (tokens.some((token) => begun.has(token))) return 'firing';
  const turned = tokens.some((token) => denied.has(token));
  if (tokens.some((token) => ended.has(token))) return turned ? 'firing' : 'resolved';
  if (tokens.some((token) => taken.has(token))) return turned ? 'firing' : 'acknowledged';
  return tokens.some((token) => things.has(token)) ? 'firing' : undefined;
}

function tokensOf(text: string): readonly string[] {
  const spaced = text.slice(0, 200).replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return spaced
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
