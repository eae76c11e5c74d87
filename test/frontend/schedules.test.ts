import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { onCall } from './sample.ts';
import { finalSchedules } from './schedule-sample.ts';
import { type Respond, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

describe.skipIf(browserMissing)(`schedules${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    await signedIn(page, system);
    use(() => undefined);
  });

  const use = (respond: Respond, role?: Parameters<typeof organisation>[1]) =>
    system.api.use((call) => respond(call) ?? organisation(call, role) ?? incidents(call));
  const go = (path: string) => page.goto(`${system.site.address}${path}`);
  const primary = () => page.getByRole('region', { name: /^Primary, weekly/ });
  const asked = (method: string) =>
    system.api.calls.filter((call) => call.method === method && call.path.startsWith('/api/schedules'));

  test('tell who is on call now, who comes next, and their gaps in words', async () => {
    await go('/on-call');
    await primary().locator('.shifts').getByText('Linus Torvalds of the night shift').waitFor();
    const office = page.getByRole('region', { name: /^Office hours/ });
    await office.locator('.shifts').getByText('Nobody: a gap').first().waitFor();
    expect(await office.locator('.strip .gap').count()).toBe(7);
    expect(await office.locator('.strip').getAttribute('aria-hidden')).toBe('true');
    expect(await primary().locator('.turns dd').first().innerText()).toMatch(
      /^Grace Hopper has taken over until/,
    );
  });

  test('by the keyboard alone: somebody takes over, for whoever it is, and what was written is gone then', async () => {
    await go('/on-call');
    await primary().getByText('Have somebody take over').focus();
    await page.keyboard.press('Enter');
    const person = primary().getByLabel('Who takes over');
    await person.focus();
    await person.selectOption({ index: 1 });
    await primary().getByRole('button', { name: 'Take over', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked('POST').length).toBe(1);
    const [made] = asked('POST');
    expect(made?.path).toBe('/api/schedules/primary/overrides');
    const body = made?.body as Record<string, string>;
    expect(Object.keys(body)).toEqual(['person', 'from', 'to']);
    expect(Date.parse(body.to ?? '') - Date.parse(body.from ?? '')).toBe(8 * 3_600_000);
    await expect.poll(() => person.inputValue()).toBe('');
  });

  test('say why an override was refused, and keep what was written', async () => {
    use(({ method, path }) =>
      method === 'POST' && path.endsWith('/overrides')
        ? refusal(409, 'conflict', 'There are 500 overrides that have not ended; end some first.')
        : undefined,
    );
    await go('/on-call');
    await primary().getByText('Have somebody take over').click();
    await primary().getByLabel('Who takes over').selectOption({ index: 1 });
    await primary().getByRole('button', { name: 'Take over', exact: true }).click();
    await primary().getByText('end some first').waitFor();
    expect(await primary().getByLabel('Who takes over').inputValue()).not.toBe('');
  });

  test('an override is ended after one question', async () => {
    await go('/on-call');
    await primary().getByRole('button', { name: 'End what Grace Hopper has taken over' }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await expect.poll(() => asked('DELETE').length).toBe(1);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('a viewer sees them and changes nothing', async () => {
    use(() => undefined, 'viewer');
    await go('/on-call');
    await primary().getByRole('heading', { name: 'Taken over' }).waitFor();
    expect(await page.getByText('Have somebody take over').count()).toBe(0);
    expect(await primary().getByRole('button', { name: /^End/ }).count()).toBe(0);
  });

  test('one that cannot be loaded says so, and the others stand', async () => {
    use(({ path }) => (path === '/api/schedules/office' ? refusal(503, 'unavailable', 'Busy.') : undefined));
    await go('/on-call');
    await page.getByText('Busy.').waitFor();
    await primary().getByRole('heading', { name: 'Taken over' }).waitFor();
    expect(onCall.schedules).toHaveLength(Object.keys(finalSchedules).length);
  });
});
