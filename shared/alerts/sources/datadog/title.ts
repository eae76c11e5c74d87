import type { SignalState } from '../../signal.ts';

/** The transitions of a monitor. `Renotify` says again that it fires, and `Null` says nothing. */
const transitions: ReadonlyMap<string, SignalState> = new Map([
  ['triggered', 'firing'],
  ['retriggered', 'firing'],
  ['nodata', 'firing'],
  ['renodata', 'firing'],
  ['warn', 'firing'],
  ['rewarn', 'firing'],
  ['renotify', 'firing'],
  ['recovered', 'resolved'],
]);

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]+/g, '');

/** The state that a transition means; nothing for `Null` and for words that are none. */
export function transitionState(word: string | undefined): SignalState | undefined {
  return transitions.get(lettersOf((word ?? '').slice(0, 40)));
}

/** Whether a transition is into the lesser of a monitor's two states. */
export function isWarning(word: string | undefined): boolean {
  return /^(re)?warn$/.test(lettersOf((word ?? '').slice(0, 40)));
}

/** What Datadog puts before the name of a monitor: `[P1] [Triggered on {host:x}] Name`. */
export interface Title {
  /** Without what Datadog put before it; what people put there, such as `[prod]`, stays. */
  readonly name: string;
  readonly transition?: string;
  readonly priority?: string;
  /** What the monitor found it for, such as `host:x`. */
  readonly group?: string;
  readonly test: boolean;
}

/** Groups that are looked at; Datadog writes three. */
const MOST_GROUPS = 6;

/** Takes a title apart. */
export function readTitle(title: string): Title {
  let rest = title.slice(0, 2_000).trim();
  const kept: string[] = [];
  let found: Omit<Title, 'name'> = { test: false };
  for (let count = 0; count < MOST_GROUPS && rest.startsWith('['); count++) {
    const end = rest.indexOf(']');
    if (end === -1) break;
    const meaning = meaningOf(rest.slice(1, end));
    if (meaning === undefined) kept.push(rest.slice(0, end + 1));
    found = { ...found, ...meaning };
    rest = rest.slice(end + 1).trim();
  }
  return { ...found, name: [...kept, rest].join(' ').trim() || title.trim() };
}

function meaningOf(group: string): Partial<Title> | undefined {
  const text = group.trim();
  if (/^P[1-5]$/i.test(text)) return { priority: text };
  if (/^test$/i.test(text)) return { test: true };
  const [, transition = text, found] = /^(.{1,40}?) on \{(.*)\}$/s.exec(text) ?? [];
  if (transitionState(transition) === undefined) return undefined;
  return { transition, ...(found !== undefined && { group: found }) };
}
