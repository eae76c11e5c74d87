import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { sourceNames } from '../../shared/alerts/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { integrations } from './integration-sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const secret = '0123456789abcdef0123456789abcdef';
const [first, second] = integrations.items;

describe.skipIf(browserMissing)(`integrations${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let items = integrations.items;
  let failing = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    items = integrations.items;
    failing = false;
    system.api.use((call) => {
      if (failing && call.method !== 'GET') return refusal(503, 'unavailable', 'The table is busy.');
      return changed(call) ?? organisation(call);
    });
    await signedIn(page, system);
    await page.goto(`${system.site.address}/integrations`);
    await page.getByText('Nightly scripts').waitFor();
  });

  function changed({ method, path, body }: Call) {
    if (!path.startsWith('/api/integrations')) return undefined;
    if (method === 'DELETE') {
      items = items.filter(({ id }) => !path.endsWith(id));
      return { status: 204, body: undefined };
    }
    if (method === 'GET') return { body: { items } };
    const { name, source } = body as (typeof items)[number];
    const made = { ...(first as (typeof items)[number]), id: idOf('integration', 2, name), name, source };
    items = [...items, made];
    const at = 'https://alerts.example.com';
    return {
      status: 201,
      body:
        source === 'pagerduty-events'
          ? { ...made, url: `${at}/v2/enqueue`, routingKey: secret }
          : { ...made, url: `${at}/webhooks/${source}/${secret}` },
    };
  }
  const make = async (source: string, name: string) => {
    await page.getByLabel('Source').selectOption(source);
    await page.getByLabel('Name').fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `${name} may send alerts now` }).waitFor();
  };

  test.each(sourceNames)(
    'of %s: the address is shown once, with where it belongs and a line that sends an alert',
    async (source) => {
      await make(source, 'Trial');
      const shown = page.locator('.secret code');
      const texts = await shown.allInnerTexts();
      expect(texts.join(' ')).toContain(secret);
      expect(texts.at(-1)).toMatch(
        /^(?:(?:curl|printf) .*trial.* 'https:\/\/alerts|aws cloudwatch set-alarm-state .*trial$)/i,
      );
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
        'Trial may send alerts now',
      );
      await page.getByRole('button', { name: 'I have it' }).click();
      expect(await page.locator('body').innerText()).not.toContain(secret);
      await page.getByRole('button', { name: 'Delete Trial' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Delete Trial' }).waitFor();
      expect(await page.locator('body').innerText()).not.toContain(secret);
    },
  );

  test('are copied by a button; where the browser forbids it the text is selected', async () => {
    await make('generic', 'Trial');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `/webhooks/generic/${secret}`,
    );
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'));
    });
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByText('Selected: press Ctrl or Command with C.').waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toContain(secret);
  });

  test('show their secret without a serious accessibility finding or sideways scrolling', async () => {
    await make('pagerduty-events', 'The old pager of the people who look after payments');
    expect(await faultsOf(page, 'integration-secret')).toEqual([]);
  });

  test('are deleted after a question, which holds the keyboard and gives it back', async () => {
    const button = page.getByRole('button', { name: `Delete ${first?.name}` });
    const ask = async () => {
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: `Delete ${first?.name}?` }).waitFor();
    };
    await ask();
    expect(await faultsOf(page, 'integration-delete')).toEqual([]);
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName);
      // The browser's own controls come after the last button; nothing of the page behind does.
      expect(['DIALOG', 'BODY']).toContain(place);
      if (place === 'BODY')
        expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await button.evaluate((own) => own === document.activeElement)).toBe(true);
    expect(system.api.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
    await ask();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await button.waitFor({ state: 'detached' });
    await page.getByText(second?.name ?? '').waitFor();
    expect(system.api.calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
      `/api/integrations/${first?.id}`,
    ]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  test('that cannot be made or deleted say so, and lose nothing', async () => {
    failing = true;
    await page.getByLabel('Name').fill('Half a name');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('alert').getByText('The table is busy.').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Half a name');
    await page.getByRole('button', { name: `Delete ${first?.name}` }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('dialog').getByText('The table is busy.').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByText(first?.name ?? '').count()).toBe(1);
  });
});
