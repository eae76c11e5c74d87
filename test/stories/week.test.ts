import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { PAGES, playWeek } from '../support/week.ts';

describe('a week of on-call', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ watched: false });
  });
  afterAll(() => app.stop());

  it('twenty pages, some answered by the first level and some by the second, all at their times', async () => {
    await playWeek(app);
    expect(await app.mailbox('ada@example.com')).toHaveLength(PAGES);
    expect(await app.mailbox('grace@example.com')).toHaveLength(PAGES / 2);
    expect(await app.incidents('?state=open')).toEqual([]);
  }, 180_000);
});
