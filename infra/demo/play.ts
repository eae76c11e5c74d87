import { setTimeout as pause } from 'node:timers/promises';
import type { Addresses } from './addresses.ts';
import type { ApiClient } from './api-client.ts';
import type { Step } from './outage.ts';

interface Playing {
  readonly speed: number;
  readonly addresses: Addresses;
  readonly call: ApiClient;
}

interface Seen {
  readonly number: number;
  readonly id: string;
  readonly state: string;
  readonly severity: string;
  readonly title: string;
}

/** Long enough for a message to go through both queues here. */
const SOON = 400;
/** After the last alert resolved, an incident that stays quiet for ten seconds closes. */
const QUIET = 14_000;

/** Sends the steps in their time and tells what became of them. */
export async function play(steps: readonly Step[], { speed, addresses, call }: Playing): Promise<void> {
  const seen = new Map<string, string>();
  const started = Date.now();
  for (const { at, say, send } of steps) {
    await pause(Math.max(0, started + (at * 1_000) / speed - Date.now()));
    line(clock(at), say);
    for (const { url, body } of send(new Date())) {
      const begun = performance.now();
      const answer = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      line(
        '',
        `  → ${new URL(url).pathname.split('/').slice(0, 3).join('/')}  ${answer.status} in ${Math.round(performance.now() - begun)} ms`,
      );
      if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
    }
    await pause(SOON);
    await tellChanges(call, seen);
  }
  line('', 'Waiting for the incidents to settle …');
  await pause(QUIET);
  await tellChanges(call, seen);
  process.stdout.write(
    `\nRead the pages that were sent at ${addresses.inbox}, the incidents at ${addresses.console}\n`,
  );
}

/** Says which incidents are new or changed since the last look. */
async function tellChanges(call: ApiClient, seen: Map<string, string>): Promise<void> {
  const { body } = await call('GET', '/api/incidents?limit=50');
  const open = new Map((body.items as readonly Seen[]).map((incident) => [incident.id, incident]));
  for (const id of seen.keys()) {
    if (!open.has(id)) open.set(id, (await call('GET', `/api/incidents/${id}`)).body as unknown as Seen);
  }
  for (const { id, number, state, severity, title } of open.values()) {
    const now = `${state} ${severity}`;
    if (seen.get(id) === now) continue;
    line('', `  ● INC-${number} ${seen.has(id) ? 'is now' : 'opened:'} ${state}, ${severity}, ${title}`);
    seen.set(id, now);
  }
}

const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

const line = (time: string, text: string): boolean => process.stdout.write(`${time.padEnd(6)} ${text}\n`);
