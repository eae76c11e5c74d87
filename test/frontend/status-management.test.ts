import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { componentId, incidentId } from '../support/status-page.ts';
import { statusDesk } from './status-desk.ts';
import { status } from './status-sample.ts';
import { refusal } from './stub-api.ts';

const [over, begun] = status.proposals;
const orders = `/incidents/${incidentId('Orders cannot be paid')}`;
const [told] = status.incidents;
const [newest, first] = told?.updates ?? [];

describe.skipIf(browserMissing)(
  `incidents of the status page${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    const desk = statusDesk();
    const { answers, open, changes, button, card, form, unfold, said } = desk;

    test('a proposal is published with changed words, the most urgent stands first, and it is said that it is public', async () => {
      await open();
      const titles = await desk.page.locator('section[aria-labelledby=waiting] h3').allInnerTexts();
      expect(titles).toEqual([begun?.title, over?.title]);
      const own = card('Problems with Search');
      await own.getByText('Search: Partial outage').waitFor();
      await own.getByLabel('Words of the update').fill('Search is slow. Orders are not touched.');
      answers.shown = { ...status, proposals: [] };
      await own.getByRole('button', { name: 'Publish' }).click();
      await said('Published. Everybody can read it.');
      await own.waitFor({ state: 'detached' });
      expect(await desk.page.getByText('Waiting to be published').count()).toBe(0);
      expect(await desk.page.getByRole('link', { name: 'https://status.example.com/' }).count()).toBe(1);
      expect(changes()).toEqual([
        {
          method: 'POST',
          path: '/incidents',
          body: {
            title: 'Problems with Search',
            state: 'investigating',
            text: 'Search is slow. Orders are not touched.',
            affected: begun?.affected,
            internal: false,
            source: begun?.source,
            impact: 'major',
          },
        },
      ]);
    });

    test('the title and the components of a proposal are changed before it is published; its impact follows them', async () => {
      await open();
      const own = card('Problems with Search');
      await own.getByLabel('Title').fill('Search and website are slow');
      await own.getByText('Search: Partial outage').click();
      await own.getByLabel('Search').selectOption('Degraded performance');
      await own.getByLabel('Add another component').selectOption('Website');
      await own.getByLabel('Website').selectOption('Major outage');
      await own.getByLabel('Add another component').selectOption('Payments');
      await own.getByLabel('Payments').selectOption('Not affected');
      const parts = own.locator('summary', { hasText: 'Website: Major outage' });
      expect(await parts.textContent()).toBe('Website: Major outage, Search: Degraded performance');
      await desk.page.reload();
      await parts.waitFor();
      await own.getByRole('button', { name: 'Publish' }).click();
      await said('Published. Everybody can read it.');
      const [made] = changes();
      expect(made?.body).toEqual({
        title: 'Search and website are slow',
        state: 'investigating',
        text: begun?.text,
        affected: [
          { component: componentId('Search'), status: 'degraded_performance' },
          { component: componentId('Website'), status: 'major_outage' },
        ],
        internal: false,
        source: begun?.source,
      });
    });

    test('the last update that a resolved incident proposes goes to the incident of the page', async () => {
      await open();
      const own = desk.page.locator('section[aria-labelledby=waiting]').getByRole('article').nth(1);
      await own.getByText('Its components work again with it.').waitFor();
      await own.getByRole('button', { name: 'Publish' }).click();
      await said('Published. Everybody can read it.');
      expect(changes()).toEqual([
        {
          method: 'POST',
          path: `${orders}/updates`,
          body: { state: 'resolved', text: over?.text, affected: over?.affected },
        },
      ]);
    });

    test('a proposal is dismissed', async () => {
      await open();
      await card('Problems with Search').getByRole('button', { name: 'Dismiss' }).click();
      await said('Dismissed.');
      expect(changes()).toEqual([{ method: 'DELETE', path: `/proposals/${begun?.id}`, body: undefined }]);
    });

    test('a failure keeps the words, also over a reload, and what is sent again has the same key', async () => {
      answers.failure = refusal(503, 'unavailable', 'The table is busy.');
      await open();
      const words = card('Problems with Search').getByLabel('Words of the update');
      await words.fill('Half a sentence');
      await card('Problems with Search').getByRole('button', { name: 'Publish' }).click();
      await desk.page
        .getByRole('alert')
        .getByText(/The table is busy.*What you wrote is kept/)
        .waitFor();
      await card('Problems with Search').getByRole('button', { name: 'Publish' }).click();
      await expect.poll(() => changes().length).toBe(2);
      const keys = desk.calls.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
      expect(new Set(keys).size).toBe(1);
      await desk.page.reload();
      await words.waitFor();
      expect(await words.inputValue()).toBe('Half a sentence');
    });

    test('an open incident is updated with the status of its components, and resolved', async () => {
      await open();
      await unfold('Publish the next update');
      const next = form('Next update of Orders cannot be paid');
      await next.getByLabel('What is new').fill('Cards work again in Europe.');
      await next.getByLabel('It is now').selectOption('Monitoring');
      await next.getByLabel('Add another component').selectOption('Payments');
      await next.getByRole('button').click();
      await said('Published.');
      await unfold('Publish the next update');
      expect(await next.getByLabel('What is new').inputValue()).toBe('');
      await next.getByLabel('It is now').selectOption('Resolved');
      await next.getByText('This is the last update').waitFor();
      await next.getByLabel('What is new').fill('All works.');
      await desk.page.keyboard.press('Tab');
      await desk.page.keyboard.press('Enter');
      await expect.poll(() => changes().length).toBe(2);
      const [one, last] = changes();
      expect(one?.body).toMatchObject({ state: 'monitoring', text: 'Cards work again in Europe.' });
      expect(one?.body).toHaveProperty(
        'affected',
        expect.arrayContaining([{ component: componentId('Payments'), status: 'degraded_performance' }]),
      );
      expect(last?.body).toEqual({ state: 'resolved', text: 'All works.' });
    });

    test('what was begun stays when its form is folded, when the page is polled and when it is loaded again', async () => {
      await open();
      await unfold('Publish the next update');
      const words = form('Next update of Orders cannot be paid').getByLabel('What is new');
      await words.fill('Half of it');
      await desk.page.getByText('Publish the next update (begun)').click();
      await words.waitFor({ state: 'hidden' });
      answers.shown = { ...status, version: 99, description: 'Other words' };
      await desk.page.getByText('Other words').waitFor();
      await unfold('Publish the next update');
      expect(await words.inputValue()).toBe('Half of it');
      await desk.page.getByRole('link', { name: 'Components', exact: true }).click();
      await desk.page.getByRole('heading', { name: 'Components of the page' }).waitFor();
      await desk.page.goBack();
      expect(await words.inputValue()).toBe('Half of it');
      await desk.page.reload();
      await words.waitFor();
      expect(await words.inputValue()).toBe('Half of it');
    }, 40_000);

    test('the words of an update are corrected, and a failure keeps the correction', async () => {
      await open();
      answers.failure = refusal(503, 'unavailable', 'The table is busy.');
      await button('Correct “Identified” of Orders cannot be paid').click();
      const own = form('Correct “Identified” of Orders cannot be paid');
      expect(await own.getByRole('textbox').inputValue()).toBe(newest?.text);
      await own.getByRole('textbox').fill('Card payments fail.');
      await own.getByRole('button', { name: 'Publish the correction' }).click();
      await own.getByText('What you wrote is kept.').waitFor();
      await desk.page.reload();
      await own.waitFor();
      answers.failure = undefined;
      await own.getByRole('button', { name: 'Publish the correction' }).click();
      await said('Corrected. The page says that it was corrected.');
      await own.waitFor({ state: 'detached' });
      expect(changes().at(-1)).toEqual({
        method: 'PATCH',
        path: `${orders}/updates/${newest?.id}`,
        body: { text: 'Card payments fail.' },
      });
    });

    test('an update is withdrawn after a question; the first one only corrected', async () => {
      await open();
      await button('Withdraw “Identified” of Orders cannot be paid').click();
      await desk.page.getByRole('dialog').getByText('the update before it holds again').waitFor();
      await button('Withdraw it').click();
      await said('The update is withdrawn.');
      expect(changes()).toEqual([
        { method: 'DELETE', path: `${orders}/updates/${newest?.id}`, body: undefined },
      ]);
      await unfold('The update before');
      await button('Correct “Investigating” of Orders cannot be paid').waitFor();
      expect(await button('Withdraw “Investigating” of Orders cannot be paid').count()).toBe(0);
    });

    test('what was withdrawn or corrected is told so', async () => {
      const gone = { ...newest, text: '', affected: [], withdrawnAt: '2026-11-28T11:55:00.000Z' };
      const corrected = { ...first, correctedAt: '2026-11-28T11:56:00.000Z' };
      const updates = [gone, corrected] as NonNullable<typeof told>['updates'];
      answers.shown = { ...status, incidents: status.incidents.map((one) => ({ ...one, updates })) };
      await open();
      await card('Orders cannot be paid').last().waitFor();
      await desk.page.getByText('(withdrawn)').waitFor();
      expect(await button('Correct “Identified” of Orders cannot be paid').count()).toBe(0);
      await unfold('The update before');
      await desk.page.getByText('(corrected)').waitFor();
    });

    test('the title of an incident is changed, and it is hidden from the public', async () => {
      await open();
      await unfold('Title, impact and who sees it');
      const own = form('Change Orders cannot be paid');
      await own.getByLabel('Title').fill('Payments fail');
      await own.getByLabel('Impact').selectOption('Minor impact');
      await own.getByLabel('Hide it from the public').check();
      await own.getByRole('button', { name: 'Save' }).click();
      await said('The incident was changed.');
      expect(changes()).toEqual([
        { method: 'PATCH', path: orders, body: { title: 'Payments fail', impact: 'minor', internal: true } },
      ]);
    });

    test('an incident is told by hand', async () => {
      await open();
      await unfold('Tell of an incident by hand');
      const own = form('A new incident');
      await own.getByLabel('Title').fill('Mails are late');
      await own.getByLabel('What people should know').fill('Up to an hour.');
      await own.getByLabel('Add a component').selectOption('Webhooks');
      await own.getByLabel('Webhooks').selectOption('Partial outage');
      await own.getByRole('button').click();
      await said('Published. Everybody can read it.');
      expect(changes().map(({ body }) => body)).toEqual([
        {
          title: 'Mails are late',
          text: 'Up to an hour.',
          state: 'investigating',
          internal: false,
          affected: [{ component: componentId('Webhooks'), status: 'partial_outage' }],
        },
      ]);
    });
  },
);
