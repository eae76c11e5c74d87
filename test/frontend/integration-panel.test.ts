import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { toText } from '../../shared/kernel/index.ts';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { integrations } from './integration-sample.ts';
import { ago } from './sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const key = '0123456789abcdef0123456789abcdef';
const [first] = integrations.items;
const name = first?.name ?? '';
const path = `/api/integrations/${first?.id}`;

const kept = [
  { receivedAt: ago(2), status: 202, body: '{\n  "title": "Disk full"\n}', cut: false },
  { receivedAt: ago(5), status: 403, reason: 'The signature does not fit.', body: '{"a', cut: true },
];

describe.skipIf(browserMissing)(`one integration${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let own: Record<string, unknown> = {};
  let deliveries: readonly object[] = kept;
  let failing = false;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    own = { ...first };
    deliveries = kept;
    failing = false;
    system.api.use((call) => answered(call) ?? organisation(call));
    await signedIn(page, system);
    await page.goto(`${system.site.address}/integrations`);
    await page.getByText('Nightly scripts').waitFor();
  });

  function answered({ method, path: asked, body }: Call) {
    if (!asked.startsWith('/api/integrations')) return undefined;
    if (failing && method !== 'GET') return refusal(429, 'limit', 'It was tested within the last minute.');
    if (asked === '/api/integrations') return { body: { items: [own, ...integrations.items.slice(1)] } };
    if (asked === `${path}/deliveries`) return { body: { items: deliveries } };
    if (asked === `${path}/test`)
      return {
        status: 202,
        body: { receipt: 'r', fingerprint: 'f', resolvesAt: toText(Date.now() + 60_000) },
      };
    if (asked === `${path}/rotate`) return { body: rotated(body as { what: string; secret?: string }) };
    own = { ...own, ...(body as object) };
    return { body: own };
  }

  function rotated({ what, secret }: { what: string; secret?: string }) {
    if (what === 'key') return { ...own, url: `https://alerts.example.com/webhooks/alertmanager/${key}` };
    own = { ...own, signed: true };
    return { ...own, ...(secret === undefined && { secret: key.repeat(2) }) };
  }

  const manage = async () => {
    await page.getByRole('button', { name: `Manage ${name}` }).click();
    await page.getByRole('heading', { name: 'What it sent last' }).waitFor();
  };
  const asked = (rest: string) =>
    system.api.calls.filter(({ method, path: one }) => method !== 'GET' && one === `${path}${rest}`);

  test('says until when the secret of before counts, and until when none is asked for', async () => {
    own = { ...own, signed: true, oldSecretUntil: ago(-60), unsignedUntil: ago(-60 * 24) };
    await page.reload();
    await page.getByText('Nightly scripts').waitFor();
    await manage();
    await page.getByText('What is signed as before is taken until').waitFor();
    await page.getByText('What is not signed is taken until').waitFor();
  });

  test('of the list says what came from it, and warns of what was refused or never came', async () => {
    const line = page.getByRole('listitem').filter({ hasText: name });
    expect(await line.innerText()).toMatch(
      /Last heard of \d+ (?:s|min) ago; 41 alerts in the last hour, 1204 in the last day/,
    );
    const other = await page.getByRole('listitem').filter({ hasText: 'Old pager' }).innerText();
    expect(other).toMatch(/Nothing has come yet/);
    expect(other).toMatch(/About 12 refused, the last \d+ min ago: The body is not JSON/);
    expect(other).toMatch(/Nothing has come since it was made/);
    const fresh = await page.getByRole('listitem').filter({ hasText: 'Nightly scripts' }).innerText();
    expect(fresh).not.toMatch(/since it was made/);
    expect(await faultsOf(page, 'integration-list')).toEqual([]);
  });

  test('is opened and closed by the keyboard, and shows what it sent last with why it was refused', async () => {
    await page.getByRole('button', { name: `Manage ${name}` }).focus();
    await page.keyboard.press('Enter');
    const refused = page.getByText('refused with 403');
    await refused.waitFor();
    await refused.press('Enter');
    await page.getByText('The signature does not fit.').waitFor();
    await page.getByText('It was longer; this is its beginning.').waitFor();
    expect(await faultsOf(page, 'integration-panel')).toEqual([]);
    await page.getByRole('button', { name: `Close ${name}` }).press('Enter');
    expect(await page.getByText('refused with 403').count()).toBe(0);
  });

  test('that sent nothing says so, and why a wrong key cannot be shown', async () => {
    deliveries = [];
    await manage();
    await page.getByText('Nothing of the last seven days.').waitFor();
    expect(await faultsOf(page, 'integration-empty')).toEqual([]);
  });

  test('gets a new key, which is shown once, and the old one for as long as was chosen', async () => {
    await manage();
    await page.getByText('Replace the key').click();
    await page.getByLabel('Also take the old one for').selectOption('a week');
    await page.getByRole('button', { name: 'Make a new key' }).click();
    await page.getByText('This is shown only once.').waitFor();
    expect(asked('/rotate').map(({ body }) => body)).toEqual([{ what: 'key', overlapHours: 168 }]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The new one counts now');
    expect(await page.locator('.secret code').innerText()).toContain(key);
    expect(await faultsOf(page, 'integration-rotated')).toEqual([]);
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.locator('body').innerText()).not.toContain(key);
  });

  test('of a source that cannot sign offers no secret', async () => {
    await manage();
    expect(await page.getByText('Ask for signatures').count()).toBe(0);
  });

  test('of a source that makes its secret up takes that one, and shows it nowhere', async () => {
    own = { ...own, secretBy: 'source' };
    await page.reload();
    await manage();
    await page.getByText('Ask for signatures').click();
    await page.getByLabel('The secret that the source shows').fill('from-the-source');
    await page.getByLabel('Also take what is not signed for').selectOption('an hour');
    await page.getByRole('button', { name: 'Set this secret' }).click();
    await page.getByText('The secret counts now').waitFor();
    expect(asked('/rotate').map(({ body }) => body)).toEqual([
      { what: 'secret', secret: 'from-the-source', overlapHours: 1 },
    ]);
    expect(await page.locator('body').innerText()).not.toContain('from-the-source');
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('Replace the signing secret').waitFor();
  });

  test('of a source that takes one shows the secret that was made', async () => {
    own = { ...own, secretBy: 'us', signed: true };
    await page.reload();
    await manage();
    await page.getByText('Replace the signing secret').click();
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    await page.getByText('Signing secret', { exact: true }).waitFor();
    expect(await page.locator('.secret code').innerText()).toBe(key.repeat(2));
  });

  test('is tried by a test alert, and says when that ends or why there is none', async () => {
    await manage();
    await page.getByRole('button', { name: 'Send a test alert' }).click();
    await page.getByText('an incident of severity P5 that wakes nobody').waitFor();
    failing = true;
    await page.getByRole('button', { name: 'Send a test alert' }).click();
    await page.getByRole('alert').getByText('It was tested within the last minute.').waitFor();
  });

  test('is paused and resumed, and the list says so', async () => {
    await manage();
    await page.getByRole('button', { name: `Pause ${name}` }).click();
    await page.getByText('Paused: all that it sends is refused.').waitFor();
    await page.getByRole('button', { name: `Resume ${name}` }).click();
    await page.getByText('Paused: all that it sends is refused.').waitFor({ state: 'detached' });
    expect(asked('').map(({ body }) => body)).toEqual([{ paused: true }, { paused: false }]);
  });
});
