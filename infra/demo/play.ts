import { setTimeout as pause } from 'node:timers/promises';
import type { Addresses } from './addresses.ts';
import type { ApiClient } from './api-client.ts';
import { type Changes, watchIncidents } from './changes.ts';
import type { Sending, Step } from './outage.ts';
import { tellPublic } from './tell-public.ts';

interface Playing {
  readonly speed: number;
  readonly addresses: Addresses;
  readonly call: ApiClient;
}

/** Long enough for a message to go through both queues here. */
const SOON = 400;
/** After the last alert resolved, an incident that stays quiet for ten seconds closes; a busy machine takes longer. */
const LONGEST = 60_000;
/** So many looks without news mean that a slow machine is not still at work. */
const CALM = 5;

/** Sends the steps in their time and tells what became of them, until the incidents are over. */
export async function play(steps: readonly Step[], { speed, addresses, call }: Playing): Promise<void> {
  const changes = await watchIncidents(call);
  const started = Date.now();
  for (const { at, say, send, change } of steps) {
    await pause(Math.max(0, started + (at * 1_000) / speed - Date.now()));
    line(clock(at), say);
    if (change) await call('POST', '/api/changes', change);
    for (const sending of send(new Date())) await post(sending);
    await pause(SOON);
    await tell(changes);
    await publish(call);
  }
  line('', 'Waiting for the incidents to settle …');
  await settle(changes);
  await publish(call);
  const page = await lookBack(call);
  process.stdout.write(
    `\nRead the pages that were sent at ${addresses.inbox}, the incidents at ${addresses.console}, what the public was told at ${addresses.status}\n` +
      (page === undefined ? '' : `Why it happened, by what is on record: ${addresses.console}${page}\n`),
  );
}

/** Generates the post-mortem of the checkout's latest incident, and gives the path of its page. */
async function lookBack(call: ApiClient): Promise<string | undefined> {
  const { items } = (await call('GET', '/api/incidents?service=checkout&limit=1')).body;
  const [latest] = items as readonly { readonly id: string; readonly name: string }[];
  if (!latest) return undefined;
  await heard(call, latest.id);
  await call('POST', `/api/incidents/${latest.id}/postmortem`, {});
  line('', `  ◆ The post-mortem of ${latest.name} is generated.`);
  return `/incidents/${latest.id}/post-mortem`;
}

/** Waits until the log of an incident knows that the public was told of its end: a reaction tells it a moment later. */
async function heard(call: ApiClient, incident: string): Promise<void> {
  const end = Date.now() + LONGEST;
  for (let last = 0, state: unknown; state !== 'resolved' && Date.now() < end; ) {
    const { body } = await call('GET', `/api/incidents/${incident}/facts?after=${last}&limit=200`);
    const facts = body.items as readonly {
      readonly type: string;
      readonly data?: { readonly state?: unknown };
    }[];
    for (const { type, data } of facts) if (type === 'status.told') state = data?.state;
    last = Number(body.last);
    if (facts.length === 0) await pause(SOON);
  }
}

/** Tells the public what is proposed, and says so. */
async function publish(call: ApiClient): Promise<void> {
  for (const told of await tellPublic(call)) line('', `  ◆ ${told}`);
}

async function post({ url, body }: Sending): Promise<void> {
  const begun = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  const path = new URL(url).pathname.split('/').slice(0, 3).join('/');
  line('', `  → ${path}  ${answer.status} in ${Math.round(performance.now() - begun)} ms`);
  if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
}

/** Says what is new; gives whether there was anything. */
async function tell(changes: Changes): Promise<boolean> {
  const news = await changes.look();
  for (const change of news) line('', `  ● ${change}`);
  return news.length > 0;
}

/** Waits until the incidents are over and nothing new has come for a while. */
async function settle(changes: Changes): Promise<void> {
  const end = Date.now() + LONGEST;
  let calm = 0;
  while ((changes.count() === 0 || changes.open().length > 0 || calm < CALM) && Date.now() < end) {
    await pause(SOON);
    calm = (await tell(changes)) ? 0 : calm + 1;
  }
  if (changes.count() === 0)
    throw new Error('The alerts were accepted, but no incident is new or different.');
  const open = changes.open().join(', ');
  if (open !== '') line('', `Still open after a minute: ${open}. Resolve them in the console.`);
}

const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

const line = (time: string, text: string): boolean => process.stdout.write(`${time.padEnd(6)} ${text}\n`);
