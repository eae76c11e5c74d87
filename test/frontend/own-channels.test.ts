import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { ownChannels } from './schedule-sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const path = '/api/on-call/test-notification';

describe.skipIf(browserMissing)(`own channels${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    await signedIn(page, system);
  });

  const use = (respond: Respond, role?: Parameters<typeof organisation>[1]) =>
    system.api.use((call) => respond(call) ?? organisation(call, role) ?? incidents(call));
  const open = async () => {
    await page.goto(`${system.site.address}/on-call`);
    await page.getByText('Try my channels').focus();
    await page.keyboard.press('Enter');
  };
  const posted = () => system.api.calls.filter(({ method }) => method === 'POST');

  test('[F42] are tried by a button each, and tell what became of the last test', async () => {
    use(({ method }) => (method === 'POST' ? { status: 202, body: ownChannels } : undefined));
    await open();
    await page.getByText('Not sent: Slack refused it: channel_not_found').waitFor();
    await page.getByText('Taken by the provider').first().waitFor();
    await page.getByRole('button', { name: 'Send a test by e-mail' }).click();
    await expect
      .poll(() => posted().map((call) => [call.path, call.body]))
      .toEqual([[path, { channel: 'email' }]]);
    await page.getByText('3 of 5 are left in this hour').waitFor();
  });

  test('[C14] ask for the code of a number, and say why no more is sent', async () => {
    use(({ method, path: to }) => {
      if (method !== 'POST') return undefined;
      return to.endsWith('/confirm')
        ? { body: ownChannels }
        : refusal(429, 'limit', 'You have sent yourself 5 test notifications in this hour.');
    });
    await open();
    const code = page.getByLabel('The code that the text message has');
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await expect.poll(() => posted().at(-1)?.body).toEqual({ code: '123456' });
    await expect.poll(() => code.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Send a test by text message' }).click();
    await page.getByRole('alert').getByText('5 test notifications').waitFor();
  });

  test('are not offered to who may not', async () => {
    use(() => undefined, 'viewer');
    await page.goto(`${system.site.address}/on-call`);
    await page.getByText('Data platform').first().waitFor();
    expect(await page.getByText('Try my channels').count()).toBe(0);
  });
});
