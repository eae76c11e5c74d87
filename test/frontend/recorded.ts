import { MINUTE, toText } from '../../shared/kernel/index.ts';
import type { Snapshot } from '../../shared/war-room/index.ts';
import { incidents, organisation } from './answers.ts';
import { facts, happened, open } from './sample.ts';
import { type Answered, type Call, refusal } from './stub-api.ts';

/** When the room that is replayed began. */
export const begun = Date.parse('2026-11-28T10:00:00Z');
const at = (seconds: number): string => toText(begun + seconds * 1_000);
const person = { id: 'per_ada', name: 'Ada Lovelace' };

const after: readonly [seconds: number, type: string, data: object][] = [
  [30, 'room.joined', { person }],
  [65, 'room.said', { text: 'Looking at the last deploy, https://ci.example.com/4711' }],
  [70, 'room.role-given', { role: 'commander', person }],
  [75, 'room.action-added', { action: 'act_1', text: 'Roll back' }],
  [200, 'room.said', { text: 'Error rate falls' }],
  [210, 'room.pinned', { seq: 11, text: 'Error rate falls', by: 'Ada Lovelace' }],
  [220, 'room.action-changed', { action: 'act_1', done: true }],
  [2_400, 'incident.resolved', { by: 'person' }],
  [2_460, 'room.left', { person }],
];

/** A log of 41 minutes: the first facts of the sample, then a room at work, half an hour of silence, and the end. */
export const log = [
  ...facts.map((fact, i) => ({ ...fact, occurredAt: at(i), recordedAt: at(i) })),
  ...after.map(([seconds, type, data], i) => ({
    ...happened(facts.length + 1 + i, type, data),
    ...{ occurredAt: at(seconds), recordedAt: at(seconds) },
  })),
];

/** The document of that room: twice something was written. */
export const snapshots: readonly (Snapshot & { readonly text: string })[] = [
  { minute: at(120), updatedAt: at(110), text: '# Checkout is down\n\n- since 10:00\n' },
  {
    minute: at(300),
    updatedAt: at(240),
    text: '# Checkout is down\n\n- since 10:00\n- rolled back at 10:03\n\n## Next\n\n1. Why did the canary say nothing?\n',
  },
];

/** The REST API as who replays that room sees it. */
export function recorded(call: Call): Answered | undefined {
  const { path, query } = call;
  if (path.endsWith('/facts')) {
    const rest = log.filter(({ seq }) => seq > Number(query.after)).slice(0, Number(query.limit));
    return { body: { items: rest, last: rest.at(-1)?.seq ?? Number(query.after) } };
  }
  if (path.endsWith('/document/snapshots')) {
    const items = snapshots.map(({ text: _, ...snapshot }) => snapshot);
    return query.cursor === 'second'
      ? { body: { items: items.slice(1) } }
      : { body: { items: items.slice(0, 1), next: 'second' } };
  }
  if (path.endsWith('/document')) {
    if (query.minute === undefined)
      return { body: { text: `${snapshots.at(-1)?.text}Done.\n`, updatedAt: at(2_450) } };
    const found = snapshots.find(({ minute }) => minute === query.minute);
    return found
      ? { body: { text: found.text, updatedAt: found.updatedAt } }
      : refusal(404, 'not_found', 'There is no snapshot of that minute.');
  }
  return organisation(call) ?? incidents(call);
}

/** Where that room is replayed. */
export const replayPath = `/incidents/${open[0]?.id}/replay`;

/** Length of the recording in milliseconds: to the last fact. */
export const length = 41 * MINUTE;
