import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { visitsOf } from './each-visit.ts';
import { type System, startSystem } from './system.ts';

describe.skipIf(browserMissing)(`a visit${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  test('knows nothing of the one before: no choice, no cookie, no session, no time', async () => {
    const visits = visitsOf(system);
    const address = `${system.site.address}/config.json`;
    const memory = () => ({ ...localStorage, ...sessionStorage, cookie: document.cookie });
    const first = await visits();
    await first.page.goto(address);
    await first.page.evaluate(() => {
      localStorage.setItem('theme', 'dark');
      sessionStorage.setItem('draft', 'Half a sentence');
    });
    await first.page.context().addCookies([{ name: 'who', value: 'ada', url: address }]);
    expect(await first.page.evaluate(memory)).toEqual({
      ...{ theme: 'dark', draft: 'Half a sentence', cookie: 'who=ada' },
    });
    await first.leave();
    const second = await visits();
    await second.page.goto(address);
    expect(await second.page.evaluate(memory)).toEqual({ cookie: '' });
    await second.page.clock.install({ time: 0 });
    await second.leave();
    const third = await visits();
    await third.page.goto(address);
    expect(await third.page.evaluate(() => new Date().getUTCFullYear())).toBe(new Date().getUTCFullYear());
    await third.leave();
  });

  test('fails when its browser complained', async () => {
    const { page, leave } = await visitsOf(system)();
    await page.goto(`${system.site.address}/config.json`);
    await Promise.all([
      page.waitForEvent('console'),
      page.evaluate(() => console.error('Something is wrong')),
    ]);
    await expect(leave()).rejects.toThrow(/Something is wrong/);
  });
});
