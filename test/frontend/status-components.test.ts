import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { componentId, groupId } from '../support/status-page.ts';
import { statusDesk } from './status-desk.ts';
import { status } from './status-sample.ts';
import { refusal } from './stub-api.ts';

describe.skipIf(browserMissing)(
  `components of the status page${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    const desk = statusDesk();
    const { answers, open, changes, button, form, said } = desk;

    test('are added, set, changed from the version that was seen, and deleted after a question', async () => {
      await open('components');
      await button('Add a component').click();
      const made = form('A new component');
      await made.getByLabel('Name').fill('Login');
      await made.getByLabel('Services').fill('auth, sessions ,');
      await made.getByLabel('Group').selectOption('Shop');
      await made.getByRole('button', { name: 'Save' }).click();
      await said('Login was saved.');
      await desk.page.getByLabel('Status of Website').selectOption('Major outage');
      await said('The status of Website was set.');
      await button('Edit Website').click();
      const edit = form('Edit Website');
      await edit.getByLabel('Name').fill('Shop site');
      await edit.getByLabel('Hide it from the public').check();
      await edit.getByRole('button', { name: 'Save' }).click();
      await said('Shop site was saved.');
      await button('Edit Website').click();
      await button('Delete Website').click();
      await button('Delete it').click();
      await said('Website is no longer on the page.');
      const website = `/components/${componentId('Website')}`;
      expect(changes()).toEqual([
        {
          method: 'POST',
          path: '/components',
          body: { name: 'Login', group: groupId('Shop'), services: ['auth', 'sessions'], internal: false },
        },
        { method: 'PUT', path: `${website}/status`, body: { status: 'major_outage' } },
        {
          method: 'PATCH',
          path: website,
          body: { name: 'Shop site', description: null, group: null, services: ['website'], internal: true },
        },
        { method: 'DELETE', path: website, body: undefined },
      ]);
      const patch = desk.calls.find(({ method }) => method === 'PATCH');
      expect(patch?.headers['if-match']).toBe(`"${status.version}"`);
    });

    test('are moved to the end of another group', async () => {
      await open('components');
      await button('Edit Website').click();
      await form('Edit Website').getByLabel('Group').selectOption('Shop');
      await form('Edit Website').getByRole('button', { name: 'Save' }).click();
      await said('Website was saved.');
      expect(changes()[0]?.body).toMatchObject({ group: groupId('Shop'), before: null });
    });

    test('are moved up and down with the keyboard, which stays where it was', async () => {
      await open('components');
      await button('Change the order').click();
      expect(await button('Move Website up').count()).toBe(0);
      await button('Move Search up').focus();
      answers.shown = moved(['Checkout', 'Search', 'Payments']);
      await desk.page.keyboard.press('Enter');
      await said('Search is number 2 of 3 now.');
      await expect.poll(() => namesIn('Shop')).toEqual(['Checkout', 'Search', 'Payments']);
      expect(await focused()).toBe('Move Search up');
      answers.shown = moved(['Search', 'Checkout', 'Payments']);
      await desk.page.keyboard.press('Enter');
      await said('Search is number 1 of 3 now.');
      await expect.poll(() => namesIn('Shop')).toEqual(['Search', 'Checkout', 'Payments']);
      expect(await focused()).toBe('Move Search up');
      await desk.page.keyboard.press('Enter');
      answers.shown = status;
      await button('Move Payments down').press('Space');
      await button('Move Search down').press('Space');
      await expect.poll(() => changes().length).toBe(3);
      const before = (name: string | null) => ({ before: name && componentId(name) });
      expect(changes()).toEqual([
        patched('Search', before('Payments')),
        patched('Search', before('Checkout')),
        patched('Search', before('Payments')),
      ]);
    });

    const patched = (name: string, body: object) => ({
      method: 'PATCH',
      path: `/components/${componentId(name)}`,
      body,
    });
    const focused = () => desk.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    const namesIn = (group: string) =>
      desk.page
        .locator('.group', { has: desk.page.getByRole('heading', { name: group }) })
        .locator('li b')
        .allInnerTexts();
    function moved(names: readonly string[]): typeof status {
      const own = names.flatMap((name) => status.components.filter((one) => one.name === name));
      const rest = status.components.filter((one) => !own.includes(one));
      return { ...status, components: [...own, ...rest] };
    }

    test('that cannot be moved say why', async () => {
      answers.failure = refusal(400, 'invalid', 'There is no such component beside it.');
      await open('components');
      await button('Change the order').click();
      await button('Move Search up').click();
      await desk.page.getByRole('alert').getByText('There is no such component beside it.').waitFor();
      await button('Done').click();
      await button('Edit Search').waitFor();
    });

    test('stand in groups, which are added, renamed, moved and deleted', async () => {
      await open('components');
      await desk.page.getByLabel('A new group').fill('Partners');
      await button('Add the group').click();
      await said('The group was added.');
      await button('Edit Shop').click();
      await desk.page.getByLabel('New name of Shop').fill('Store');
      await desk.page.reload();
      expect(await desk.page.getByLabel('New name of Shop').inputValue()).toBe('Store');
      await desk.page.getByLabel('New name of Shop').press('Enter');
      await said('The group was renamed.');
      await button('Change the order').click();
      await button('Move For developers up').click();
      await said('For developers is number 1 of 2 now.');
      await button('Done').click();
      await button('Edit Shop').click();
      await button('Delete Shop').click();
      await desk.page.getByText('Its components stay, without a group.').waitFor();
      await button('Delete it').click();
      await said('Shop is no longer on the page.');
      const shop = `/groups/${groupId('Shop')}`;
      expect(changes()).toEqual([
        { method: 'POST', path: '/groups', body: { name: 'Partners' } },
        { method: 'PATCH', path: shop, body: { name: 'Store' } },
        { method: 'PATCH', path: `/groups/${status.groups[1]?.id}`, body: { before: groupId('Shop') } },
        { method: 'DELETE', path: shop, body: undefined },
      ]);
    });

    test('that were begun stay written when the form is closed by its button, and are forgotten by Cancel', async () => {
      await open('components');
      const name = form('Edit Website').getByLabel('Name');
      await button('Edit Website').click();
      await name.fill('Half');
      await button('Edit Website').click();
      await button('Edit Website').click();
      expect(await name.inputValue()).toBe('Half');
      await form('Edit Website').getByRole('button', { name: 'Cancel' }).click();
      await button('Edit Website').click();
      expect(await name.inputValue()).toBe('Website');
    });
  },
);

describe.skipIf(browserMissing)('texts and look of the status page', () => {
  const desk = statusDesk();
  const { answers, open, button } = desk;

  test('are previewed, and a conflict is told in words and keeps them', async () => {
    await open('look');
    await desk.page.getByLabel('Name of the page').fill('Acme Store');
    await desk.page.locator('.shown-page').getByRole('heading', { name: 'Acme Store' }).waitFor();
    answers.failure = refusal(412, 'conflict', 'The page has version 99.');
    answers.shown = { ...status, version: 99 };
    await button('Save texts and look').click();
    await desk.page.getByRole('alert').getByText('Somebody else changed the page meanwhile.').waitFor();
    expect(await desk.page.getByLabel('Name of the page').inputValue()).toBe('Acme Store');
    await desk.page.getByText('For everybody').click();
    await desk.page.locator('.shown-page').getByRole('heading', { name: 'Acme Store' }).waitFor();
    expect(await desk.page.locator('.shown-page').getByText('Reports').count()).toBe(0);
    await desk.page.getByText('Dark', { exact: true }).last().click();
    await desk.page.locator('.status-page.dark').waitFor();
  });
});
