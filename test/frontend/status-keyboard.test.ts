import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { componentId } from '../support/status-page.ts';
import { statusDesk } from './status-desk.ts';
import { blankStatus, status } from './status-sample.ts';
import { refusal } from './stub-api.ts';

/** So often a key is pressed at most: past all of the navigation and a page with its lists. */
const MOST = 90;

describe.skipIf(browserMissing)(
  `the management, by the keyboard alone${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    const desk = statusDesk();
    const { open, changes, said } = desk;
    const press = (...keys: readonly string[]) =>
      keys.reduce((before, key) => before.then(() => desk.page.keyboard.press(key)), Promise.resolve());
    const type = (text: string) => desk.page.keyboard.type(text);

    /** What the keyboard is on, by its name. */
    const here = () =>
      desk.page.evaluate(() => {
        const on = document.activeElement;
        const label =
          on instanceof HTMLInputElement ||
          on instanceof HTMLTextAreaElement ||
          on instanceof HTMLSelectElement
            ? on.labels?.[0]
            : undefined;
        return (on?.getAttribute('aria-label') ?? label?.textContent ?? on?.textContent ?? '').trim();
      });

    /** Goes on with Tab, or back with Shift and Tab, until the keyboard is on what has that name. */
    async function reach(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
      for (let count = 0; count < MOST; count++) {
        if ((await here()) === name) return;
        await press(key);
      }
      throw new Error(`${MOST} times ${key} do not reach “${name}”; the keyboard is on “${await here()}”`);
    }

    /** Types a time of the twelfth of December, in a browser that writes the month first or that writes it second. */
    async function at(time: string): Promise<void> {
      await type('12122026');
      await press('ArrowRight');
      await type(time);
    }

    test('a component is made', async () => {
      await open();
      await reach('Components');
      await press('Enter');
      await reach('Add a component');
      await press('Enter');
      await reach('Name');
      await type('Login');
      await press('Tab');
      await type('Where one signs in');
      await press('Tab');
      await type('auth');
      await reach('Group');
      await press('ArrowDown');
      await press('Tab', 'Space');
      await reach('Save');
      await press('Space');
      await said('Login was saved.');
      expect(changes()).toEqual([
        {
          method: 'POST',
          path: '/components',
          body: {
            ...{ name: 'Login', description: 'Where one signs in', services: ['auth'] },
            ...{ group: status.groups[0]?.id, internal: true },
          },
        },
      ]);
    });

    test('an update is published, and the keyboard is on what it came from', async () => {
      await open();
      await reach('Publish the next update');
      await press('Enter');
      await press('Tab', 'ArrowDown');
      await reach('What is new');
      await type('Cards work again.');
      await reach('Add another component');
      await press('ArrowDown');
      await reach('Publish the update');
      await press('Enter');
      await said('Published. Everybody can read it.');
      expect(await here()).toBe('Publish the next update');
      expect(changes()[0]?.body).toMatchObject({
        state: 'monitoring',
        text: 'Cards work again.',
        affected: [{ component: componentId('Checkout') }, { status: 'degraded_performance' }],
      });
    });

    test('an update is withdrawn: the question takes the keyboard and gives it back', async () => {
      await open();
      await reach('Withdraw “Identified” of Orders cannot be paid');
      await press('Enter');
      await reach('Keep it');
      await press('Escape');
      await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await here()).toBe('Withdraw “Identified” of Orders cannot be paid');
      await press('Enter');
      await reach('Withdraw it');
      await press('Enter');
      await said('The update is withdrawn.');
      expect(changes()).toHaveLength(1);
    });

    test('a key that comes right after Escape is heard', async () => {
      await open();
      await reach('Withdraw “Identified” of Orders cannot be paid');
      await press('Enter');
      await reach('Keep it');
      // Without waiting in between, as hurried fingers do.
      await Promise.all([press('Escape'), press('Enter')]);
      await reach('Withdraw it');
    });

    test('maintenance is announced', async () => {
      await open();
      await reach('Maintenance (2)');
      await press('Enter');
      await reach('Announce maintenance');
      await press('Space');
      await reach('Title');
      await type('New switches');
      await press('Tab');
      await type('Short gaps.');
      await reach('From');
      await at('1000a');
      await reach('Until');
      await at('1130a');
      await reach('Choose components');
      await press('Enter', 'Tab', 'Space');
      await reach('Announce it');
      await press('Enter');
      await said('The maintenance is announced.');
      const [{ body } = { body: {} }] = changes();
      const { from, until, ...rest } = Object(body) as Record<'from' | 'until', string>;
      expect(Date.parse(until) - Date.parse(from)).toBe(90 * 60_000);
      expect(rest).toEqual({
        ...{ title: 'New switches', text: 'Short gaps.', components: [status.components[0]?.id] },
      });
    });
  },
);

describe.skipIf(browserMissing)('every state of the management', () => {
  const desk = statusDesk();
  const { answers, open, go } = desk;
  const unavailable = refusal(503, 'unavailable', 'The table is busy.');
  const parts = ['', 'components', 'maintenance', 'look', 'page'] as const;
  const nothing = {
    '': 'The page tells of no open incident.',
    components: 'The page has no component yet.',
    maintenance: 'No maintenance is announced.',
    look: 'Save texts and look',
    page: 'No component is on this page yet.',
  } as const;

  test.each(parts)(
    '/status/%s with all forms open has no fault for axe, the eye or a finger',
    async (part) => {
      await open(part);
      await desk.page.locator('.part-links').waitFor();
      for (const name of [
        'Add a component',
        'Edit Website',
        'Edit Shop',
        'Change Larger database',
        'Correct “Identified” of Orders cannot be paid',
      ])
        if (await desk.button(name).isVisible()) await desk.button(name).click();
      await desk.page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
      });
      expect(await faultsOf(desk.page, `status-open-${part}`)).toEqual([]);
    },
  );

  test.each(parts)('/status/%s with nothing in it says so', async (part) => {
    answers.shown = blankStatus;
    await go(part);
    await desk.page.getByText('Nothing is published yet.').waitFor();
    await desk.page.getByText(nothing[part]).first().waitFor();
    expect(await faultsOf(desk.page, `status-blank-${part}`)).toEqual([]);
  });

  test('says that it is loading until the first answer is there', async () => {
    await desk.page.route('**/api/status', () => undefined);
    await go('components');
    await desk.page.getByText('Loading the status page …').waitFor();
    expect(await faultsOf(desk.page, 'status-loading')).toEqual([]);
  });

  test('says why there is no answer, and tries again when asked', async () => {
    answers.instead = unavailable;
    await go('maintenance');
    await desk.page.getByRole('alert').getByText('The table is busy.').waitFor();
    answers.instead = undefined;
    await desk.button('Try now').click();
    await desk.page.getByText('Network in Frankfurt').waitFor();
    expect(await desk.page.getByRole('alert').count()).toBe(0);
  });

  test('keeps what it knows, and what is written, while answers fail', async () => {
    await desk.holdTime();
    await open();
    const words = desk.card('Problems with Search').getByLabel('Words of the update');
    await words.fill('Half a sentence');
    answers.instead = unavailable;
    await desk.later();
    await desk.page.getByText('Not up to date: The table is busy.').waitFor();
    expect(await words.inputValue()).toBe('Half a sentence');
    expect(await faultsOf(desk.page, 'status-stale')).toEqual([]);
  });

  test('a viewer reads the page, with its address, and is told why nothing can be changed', async () => {
    answers.role = 'viewer';
    await open('components');
    await desk.page
      .getByText('A viewer may read this page; to change it needs a responder or above.')
      .waitFor();
    await desk.page.locator('.shown-page').getByText('Orders cannot be paid').first().waitFor();
    expect(await desk.page.locator('main').getByRole('button').count()).toBe(0);
  });

  test('an address that names no part is no page', async () => {
    await go('elsewhere' as 'look');
    await desk.page.getByText('There is no such page').waitFor();
  });
});
