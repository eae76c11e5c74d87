import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { componentId } from '../support/status-page.ts';
import { statusDesk } from './status-desk.ts';
import { status } from './status-sample.ts';
import { refusal } from './stub-api.ts';

const [running, coming] = status.maintenance;

describe.skipIf(browserMissing)(
  `maintenance of the status page${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    const desk = statusDesk();
    const { answers, open, changes, button, form, unfold, said } = desk;
    const instant = (local: string) => desk.page.evaluate((text) => new Date(text).getTime(), local);

    test('is announced in the zone of the reader, and not backwards', async () => {
      await open('maintenance');
      await unfold('Announce maintenance');
      const own = form('New maintenance');
      await own.getByText('Times are in your zone').waitFor();
      await own.getByLabel('Title').fill('New switches');
      await own.getByLabel('What people should know').fill('Short gaps.');
      await own.getByLabel('From').fill('2026-12-01T22:00');
      await own.getByLabel('Until').fill('2026-12-01T21:00');
      await own.getByText('Choose components').click();
      await own.getByLabel('Website').check();
      await own.getByRole('button').click();
      await desk.page.getByRole('alert').getByText('The end has to be after the begin.').waitFor();
      await own.getByLabel('Until').fill('2026-12-01T23:00');
      await own.getByRole('button').click();
      await said('The maintenance is announced.');
      const [made] = changes();
      const { from, until, ...rest } = Object(made?.body) as Record<'from' | 'until', string>;
      expect(rest).toEqual({
        title: 'New switches',
        text: 'Short gaps.',
        components: [componentId('Website')],
      });
      expect([Date.parse(from), Date.parse(until)]).toEqual([
        await instant('2026-12-01T22:00'),
        await instant('2026-12-01T23:00'),
      ]);
    });

    test('is cancelled before it begins, and ended while it is under way', async () => {
      await open('maintenance');
      await button('Cancel Network in Frankfurt').click();
      await desk.page.getByText('It leaves the page at once.').waitFor();
      await button('Cancel it').click();
      await said('Network in Frankfurt is no longer on the page.');
      await button('End Larger database').click();
      await desk.page.getByText('It is complete from now on').waitFor();
      await button('End it').click();
      await said('Larger database is no longer on the page.');
      expect(changes()).toEqual([
        { method: 'DELETE', path: `/maintenance/${coming?.id}`, body: undefined },
        { method: 'DELETE', path: `/maintenance/${running?.id}`, body: undefined },
      ]);
    });

    test('is changed in what was written alone, from the version that was seen', async () => {
      await open('maintenance');
      await button('Change Network in Frankfurt').click();
      const own = form('Change Network in Frankfurt');
      expect(await instant(await own.getByLabel('From').inputValue())).toBe(Date.parse(coming?.from ?? ''));
      await own.getByLabel('Title').fill('Network in Frankfurt and Paris');
      await own.getByLabel('Until').fill('2026-11-30T09:30');
      await own.getByText('Components: Website').click();
      await own.getByLabel('Webhooks').check();
      await own.getByRole('button', { name: 'Save' }).click();
      await said('Network in Frankfurt was changed.');
      await own.waitFor({ state: 'detached' });
      const [made] = changes();
      expect(made).toEqual({
        method: 'PATCH',
        path: `/maintenance/${coming?.id}`,
        body: {
          title: 'Network in Frankfurt and Paris',
          components: [componentId('Website'), componentId('Webhooks')],
          until: new Date(await instant('2026-11-30T09:30')).toISOString(),
        },
      });
      const patch = desk.calls.find(({ method }) => method === 'PATCH');
      expect(patch?.headers['if-match']).toBe(`"${status.version}"`);
    });

    test('whose change fails keeps what was written, over a reload too; Cancel takes it back', async () => {
      answers.failure = refusal(400, 'invalid', 'Its new end lies in the past; to end it now, cancel it.');
      await open('maintenance');
      await button('Change Larger database').click();
      const own = form('Change Larger database');
      await own.getByLabel('What people should know').fill('Nearly done.');
      await own.getByRole('button', { name: 'Save' }).click();
      await own.getByText('Its new end lies in the past').waitFor();
      await desk.page.reload();
      expect(await own.getByLabel('What people should know').inputValue()).toBe('Nearly done.');
      await own.getByRole('button', { name: 'Cancel' }).click();
      await own.waitFor({ state: 'detached' });
      await button('Change Larger database').click();
      expect(await own.getByLabel('What people should know').inputValue()).toBe(running?.text);
    });

    test('that is opened and saved as it was asks for nothing, and backwards times are told', async () => {
      await open('maintenance');
      await button('Change Network in Frankfurt').click();
      const own = form('Change Network in Frankfurt');
      await own.getByRole('button', { name: 'Save' }).click();
      await own.waitFor({ state: 'detached' });
      await button('Change Network in Frankfurt').click();
      await own.getByLabel('Until').fill('2020-01-01T00:00');
      await own.getByRole('button', { name: 'Save' }).click();
      await own.getByText('The end has to be after the begin.').waitFor();
      expect(changes()).toEqual([]);
    });
  },
);
