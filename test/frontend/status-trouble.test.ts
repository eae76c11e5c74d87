import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { hostile } from '../support/sample-page.ts';
import { statusDesk } from './status-desk.ts';
import { status } from './status-sample.ts';
import { refusal } from './stub-api.ts';

const conflict = refusal(412, 'precondition', 'The page is at version 99.');
const faster = 'Somebody else changed the page meanwhile.';

describe.skipIf(browserMissing)(
  `trouble with the management${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    const desk = statusDesk();
    const { answers, open, button, form, unfold, said } = desk;
    const versions = () => desk.calls.flatMap(({ headers }) => headers['if-match'] ?? []);
    /** The page is at another version, and tells so. */
    const meanwhile = async () => {
      answers.failure = conflict;
      answers.shown = { ...status, version: 99, description: 'Changed by somebody' };
    };
    const seen = async () => {
      await desk.later();
      await desk.page.getByText('Changed by somebody').waitFor();
    };

    test('a component that somebody else changed first is kept as written, and sent for what is shown now', async () => {
      await desk.holdTime();
      await open('components');
      await button('Edit Website').click();
      const own = form('Edit Website');
      await own.getByLabel('Description').fill('Where one buys');
      await meanwhile();
      await own.getByRole('button', { name: 'Save' }).click();
      await own.getByText(faster).waitFor();
      expect(await own.getByLabel('Description').inputValue()).toBe('Where one buys');
      await seen();
      answers.failure = undefined;
      await own.getByRole('button', { name: 'Save' }).click();
      await said('Website was saved.');
      expect(versions()).toEqual([`"${status.version}"`, '"99"']);
    });

    test('maintenance that somebody else changed first is kept as written, and sent for what is shown now', async () => {
      await desk.holdTime();
      await open('maintenance');
      await button('Change Network in Frankfurt').click();
      const own = form('Change Network in Frankfurt');
      await own.getByLabel('Title').fill('Network');
      await meanwhile();
      await own.getByRole('button', { name: 'Save' }).click();
      await own.getByText(faster).waitFor();
      await seen();
      answers.failure = undefined;
      await own.getByRole('button', { name: 'Save' }).click();
      await said('Network in Frankfurt was changed.');
      expect(versions()).toEqual([`"${status.version}"`, '"99"']);
    });

    test('an incident that was resolved meanwhile says so, and the update is kept', async () => {
      answers.failure = refusal(
        409,
        'conflict',
        'This incident is resolved; publish another one if it is not over.',
      );
      await open();
      await unfold('Publish the next update');
      const own = form('Next update of Orders cannot be paid');
      await own.getByLabel('What is new').fill('Nearly there.');
      await own.getByRole('button').click();
      await own.getByText('This incident is resolved; publish another one').waitFor();
      expect(await own.getByLabel('What is new').inputValue()).toBe('Nearly there.');
    });

    test('an update that cannot be withdrawn stays, and the question says why', async () => {
      answers.failure = refusal(409, 'conflict', 'The first update of an incident cannot be withdrawn.');
      await open();
      await button('Withdraw “Identified” of Orders cannot be paid').click();
      await button('Withdraw it').click();
      await desk.page.getByRole('dialog').getByText('cannot be withdrawn').waitFor();
      await button('Keep it').click();
      await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
    });

    test('a group that cannot be named so keeps the name that was written', async () => {
      answers.failure = refusal(400, 'invalid', 'Expected a name on one line.');
      await open('components');
      await button('Edit Shop').click();
      await desk.page.getByLabel('New name of Shop').fill('Store');
      await button('Rename').click();
      await desk.page.getByText('Expected a name on one line.').waitFor();
      expect(await desk.page.getByLabel('New name of Shop').inputValue()).toBe('Store');
    });

    test('without a network what was written stays, and goes out once there is one again', async () => {
      await open();
      await unfold('Tell of an incident by hand');
      const own = form('A new incident');
      await own.getByLabel('Title').fill('Mails are late');
      await own.getByLabel('What people should know').fill('Up to an hour.');
      await desk.page.context().setOffline(true);
      await own.getByRole('button').click();
      await own.getByText('What you wrote is kept.').waitFor();
      await desk.page.context().setOffline(false);
      expect(await own.getByLabel('Title').inputValue()).toBe('Mails are late');
      await own.getByRole('button').click();
      await said('Published. Everybody can read it.');
      expect(desk.changes()).toHaveLength(1);
    });

    test('a component that was removed meanwhile is in no update that was begun before', async () => {
      await desk.holdTime();
      await open();
      await unfold('Publish the next update');
      const own = form('Next update of Orders cannot be paid');
      await own.getByLabel('What is new').fill('Nearly there.');
      await own.getByLabel('Add another component').selectOption('Webhooks');
      answers.shown = {
        ...status,
        description: 'Changed by somebody',
        components: status.components.filter(({ name }) => name !== 'Webhooks'),
      };
      await seen();
      await own.getByRole('button').click();
      await said('Published.');
      const [made] = desk.changes();
      expect(JSON.stringify(made?.body)).not.toContain(
        status.components.find(({ name }) => name === 'Webhooks')?.id,
      );
    });
  },
);

describe.skipIf(browserMissing)('the management of a page', () => {
  const desk = statusDesk();
  const { answers, open } = desk;

  test('[F77] with hostile texts in every field runs nothing, and shows them as they were written', async () => {
    answers.shown = {
      ...status,
      page: { ...status.page, name: hostile, header: hostile, footer: hostile },
      components: status.components.map((one) => ({
        ...one,
        name: hostile,
        description: hostile,
        services: [hostile],
      })),
      groups: status.groups.map((one) => ({ ...one, name: hostile })),
      incidents: status.incidents.map((one) => ({
        ...one,
        title: hostile,
        updates: one.updates.map((update) => ({ ...update, text: hostile })),
      })),
      maintenance: status.maintenance.map((one) => ({ ...one, title: hostile, text: hostile })),
      proposals: status.proposals.map((one) => ({ ...one, title: hostile, text: hostile })),
    };
    for (const part of ['', 'components', 'maintenance', 'look', 'page'] as const) {
      await open(part);
      await desk.page.locator('.part-links').waitFor();
      await desk.page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
      });
      expect(await desk.page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
      expect(await desk.page.locator('main :is(script, iframe, object, img:not([alt=""]))').count()).toBe(0);
      expect(await desk.page.locator('main a[href^="javascript"]').count()).toBe(0);
      await desk.page.setViewportSize({ width: 360, height: 844 });
      const beyond = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, part).toBe(0);
    }
  }, 60_000);

  test('with two hundred components fits a phone, and one of them is moved among all', async () => {
    const [one] = status.components;
    const many = Array.from({ length: 200 }, (_, i) => ({
      ...one,
      id: `${one?.id.slice(0, -3)}${String(i).padStart(3, '0')}`,
      name: `Component ${i + 1}`,
      group: undefined,
    })) as unknown as typeof status.components;
    answers.shown = { ...status, components: many, groups: [] };
    await open('components');
    await desk.page.getByText('Component 200').waitFor();
    await desk.page.setViewportSize({ width: 360, height: 844 });
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await desk.button('Change the order').click();
    await desk.button('Move Component 100 down').click();
    await desk.said('Component 100 is number 101 of 200 now.');
    expect(desk.changes()[0]?.body).toEqual({ before: many[101]?.id });
  }, 60_000);

  test('has one first heading, a title of its own for each part, and no two buttons of one name', async () => {
    const titles = new Set<string>();
    for (const part of ['', 'components', 'maintenance', 'look', 'page'] as const) {
      await open(part);
      await desk.page.locator('.part-links').waitFor();
      expect(await desk.page.locator('h1').count()).toBe(part === 'page' || part === 'look' ? 2 : 1);
      expect(await desk.page.locator('.part-links [aria-current=page]').count()).toBe(1);
      titles.add(await desk.page.title());
      const names = await desk.page
        .locator('main button[aria-label]')
        .evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
      expect(new Set(names).size, part).toBe(names.length);
    }
    expect(titles.size).toBe(5);
  }, 40_000);
});
