import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { ReachedApi } from './reach-api.ts';

export interface SmokeOptions {
  tell(line: string): void;
  /** How long each thing may take, in milliseconds. */
  readonly patience: number;
}

/** What came of it, in milliseconds since the alert was posted. */
export interface SmokeResult {
  readonly accepted: number;
  readonly incident: number;
  readonly page: number;
}

const Integration = z.object({ id: z.string(), url: z.url() });
const Incident = z.object({ id: z.string(), name: z.string(), title: z.string() });
const Incidents = z.object({ items: z.array(Incident) });
const Pages = z.object({
  items: z.array(z.object({ person: z.string(), state: z.string(), reason: z.string().optional() })),
});
type Page = z.infer<typeof Pages>['items'][number];

const LOOK_EVERY = 250;

/**
 * Posts one alert by a door of its own, waits for the incident and until the mail provider has taken a page, then resolves the
 * incident and removes the door. Throws an error that says how far it came and where to look.
 */
export async function smoke(api: ReachedApi, { tell, patience }: SmokeOptions): Promise<SmokeResult> {
  const marker = randomBytes(4).toString('hex');
  const door = Integration.parse(
    (await api.call('POST', '/api/integrations', { name: `Smoke test ${marker}`, source: 'generic' })).body,
  );
  tell('1. A door for alerts was made.');
  try {
    const begun = performance.now();
    const since = () => Math.round(performance.now() - begun);
    await post(door.url, marker);
    const accepted = since();
    tell(`2. The alert was accepted after ${accepted} ms.`);
    const found = await incidentOf(api, marker, patience);
    const incident = since();
    tell(`3. ${found.name} was there after ${incident} ms.`);
    try {
      const { person } = await pageOf(api, found, patience);
      const page = since();
      tell(`4. The mail provider had the page to ${person} after ${page} ms.`);
      return { accepted, incident, page };
    } finally {
      const ended = { state: 'resolved', note: 'It was a smoke test.' };
      await tidy(
        `${found.name} is resolved again.`,
        tell,
        api.call('PATCH', `/api/incidents/${found.id}`, ended),
      );
    }
  } finally {
    await tidy('The door is removed again.', tell, api.call('DELETE', `/api/integrations/${door.id}`));
  }
}

/** What is left behind does not hide what failed before. */
async function tidy(done: string, tell: SmokeOptions['tell'], work: Promise<unknown>): Promise<void> {
  await work.then(
    () => tell(done),
    (fault: unknown) =>
      tell(`This was left behind: ${fault instanceof Error ? fault.message : String(fault)}`),
  );
}

async function post(url: string, marker: string): Promise<void> {
  const body = {
    title: 'Smoke test: nothing is wrong',
    description: 'Somebody tries whether alerts become pages. There is nothing to do.',
    service: `smoke-test-${marker}`,
    severity: 'critical',
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.ok) return;
  throw new Error(`The alert was not accepted: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
}

async function incidentOf({ call }: ReachedApi, marker: string, patience: number) {
  const path = `/api/incidents?state=open&service=smoke-test-${marker}`;
  const look = async () => Incidents.parse((await call('GET', path)).body).items[0];
  return (
    (await within(patience, look)) ??
    fail(
      patience,
      'the alert was accepted, but became no incident. Detection does not run, or a rule of the configuration holds it back: look at the dead letters of the alert queue and the log of the function Detect',
    )
  );
}

async function pageOf({ call }: ReachedApi, { id, name }: { id: string; name: string }, patience: number) {
  const look = async () => Pages.parse((await call('GET', `/api/incidents/${id}/pages`)).body).items;
  let seen: readonly Page[] = [];
  const sent = await within(patience, async () => {
    seen = await look();
    return seen.find(({ state }) => state === 'sent');
  });
  return sent ?? fail(patience, `${name} is there, but no page was sent. ${whyNone(seen)}`);
}

function whyNone(pages: readonly Page[]): string {
  if (pages.length === 0)
    return 'None was planned: Escalate does not run, or nobody can be paged (no policy, and no administrator with an address)';
  const said = pages.map(({ person, state, reason }) => `${person}: ${state}${reason ? ` (${reason})` : ''}`);
  return `What became of them: ${said.join('; ')}`;
}

/** The first answer that is there, looking again and again; undefined when none is in time. */
async function within<Found>(
  patience: number,
  look: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const until = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() >= until) return found;
    await pause(LOOK_EVERY);
  }
}

function fail(patience: number, far: string): never {
  throw new Error(`Not within ${patience / 1_000} s: ${far}.`);
}
