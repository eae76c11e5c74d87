import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instant, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { PAGES, pageAt, playWeek } from '../support/week.ts';

describe('a week of on-call', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ watched: false });
  });
  afterAll(() => app.stop());

  it('twenty pages, some answered by the first level and some by the second, all at their times', async () => {
    const begun = app.system.clock.now();
    await playWeek(app);
    const alerts = Array.from({ length: PAGES }, (_, page) => pageAt(begun, page));
    const ignored = alerts.filter((_, page) => page % 2 === 1);
    expect(await late(app, 'ada@example.com', alerts)).toEqual(alerts.map(() => 0));
    expect(await late(app, 'grace@example.com', ignored)).toEqual(ignored.map(() => 5));
    expect(await app.incidents('?state=open')).toEqual([]);
  }, 180_000);
});

/** How many minutes after these alerts the mails to an address came, one for each. A mail tells its time in whole seconds. */
async function late(app: App, address: string, alerts: readonly Instant[]): Promise<readonly number[]> {
  const mails = await app.mailbox(address);
  const seconds = mails.map(({ at }, i) => at - Math.floor((alerts[i] ?? 0) / SECOND));
  return seconds.map((passed) => Math.floor((passed * SECOND) / MINUTE));
}
