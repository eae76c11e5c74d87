import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import type { App } from './app.ts';

/** How many pages a week of on-call has. */
export const PAGES = 20;

/** When the alert of this page comes, in a week that began then. */
export const pageAt = (begun: Instant, page: number): Instant =>
  begun + Math.floor((page * 7 * DAY) / PAGES) + HOUR;

/** What of a week is timed. */
export type Part = 'time passing' | 'alerts' | 'answers';

type Timed = <Result>(part: Part, work: () => Promise<Result>) => Promise<Result>;

/**
 * Plays a week of on-call: twenty alerts, evenly spread. Of the odd ones nobody takes notice until the second level is paged,
 * then all are resolved.
 *
 * @param timed is handed each part of the work, to run it
 */
export async function playWeek(app: App, timed: Timed = (_, work) => work()): Promise<void> {
  const { clock } = app.system;
  const begun = clock.now();
  await keepOnCall(app, begun + 8 * DAY);
  for (let page = 0; page < PAGES; page++) {
    await timed('time passing', () => clock.fastForwardTo(pageAt(begun, page)));
    await timed('alerts', () => alert(app, page));
    if (page % 2 === 1) await timed('time passing', () => clock.fastForward(6 * MINUTE));
    await timed('answers', () => resolve(app, page));
  }
  await timed('time passing', () => clock.fastForwardTo(begun + 7 * DAY));
}

/** The week does not begin with a turn of the schedule: Ada has it until then, so that each page's first level is hers. */
async function keepOnCall({ call }: App, until: Instant): Promise<void> {
  const override = { person: 'per_ada', to: new Date(until).toISOString() };
  await call('POST', '/api/schedules/weekly/overrides', override);
}

async function alert(app: App, page: number): Promise<void> {
  const service = `service-${page}`;
  await app.send('generic', {
    title: `Alert ${page}`,
    service,
    severity: 'critical',
    key: `alert-${page}`,
  });
  // A page whose first try failed comes a second later.
  for (let tries = 0; (await app.mailbox('ada@example.com')).length <= page; tries++) {
    if (tries === 20) throw new Error(`Page ${page + 1} has not come`);
    await app.system.clock.fastForward(SECOND);
  }
}

async function resolve(app: App, page: number): Promise<void> {
  const [incident] = await app.incidents(`?service=service-${page}`);
  await app.call('PATCH', `/api/incidents/${incident?.id}`, {
    state: 'resolved',
    version: incident?.version,
  });
}
