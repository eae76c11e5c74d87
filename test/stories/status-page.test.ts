import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const page = (path = '') => fetch(`${app.addresses.status}/${path}`);

describe('a status page', () => {
  it('is written when somebody changes it', async () => {
    const made = await app.call('POST', '/api/status/components', {
      name: 'Checkout',
      services: ['checkout'],
    });
    await app.system.idle();
    console.log(made.body);
    const answer = await page();
    console.log(answer.status, Object.fromEntries(answer.headers));
    console.log(await answer.text());
    expect(answer.status).toBe(200);
    console.log(await (await page('status.json')).text());
    console.log(await (await page('history.atom')).text());
    console.log(await (await page('api/v2/summary.json')).text());
  });
});
