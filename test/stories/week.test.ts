import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';

const patience = { timeout: 20_000, interval: 20 };

describe('a week of on-call', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('twenty pages, some answered by the first level and some by the second, all at their times', async () => {
    const begun = app.system.clock.now();
    const paged = async (address: string) => (await app.mailbox(address)).length;
    for (let page = 0; page < 20; page++) {
      await app.system.clock.fastForwardTo(begun + Math.floor((page * 7 * DAY) / 20) + HOUR);
      await app.send('generic', {
        title: `Alert ${page}`,
        service: `service-${page}`,
        severity: 'critical',
        key: `alert-${page}`,
      });
      // A page whose first try failed comes a second later, so the story looks until it is there.
      await expect.poll(() => paged('ada@example.com'), patience).toBe(page + 1);
      if (page % 2 === 1) await app.system.clock.fastForward(6 * MINUTE);
      const [incident] = await app.incidents(`?service=service-${page}`);
      await app.call('PATCH', `/api/incidents/${incident?.id}`, {
        state: 'resolved',
        version: incident?.version,
      });
    }
    await app.system.clock.fastForwardTo(begun + 7 * DAY);
    expect(await paged('ada@example.com')).toBe(20);
    expect(await paged('grace@example.com')).toBe(10);
    expect(await app.incidents('?state=open')).toEqual([]);
  }, 180_000);
});
