import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { integrations } from './integration-sample.ts';
import { ago } from './sample.ts';
import { type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const scripts = integrations.items.find(({ source }) => source === 'generic');
const name = scripts?.name ?? '';
const path = `/api/integrations/${scripts?.id}`;
const body = JSON.stringify(
  { meldung: { kopf: 'Pumpe steht' }, lage: 'offen', stufe: 'hoch', nummer: 7 },
  null,
  2,
);
const sentLast = [
  { receivedAt: ago(2), status: 202, body, cut: false },
  { receivedAt: ago(5), status: 202, body: '{"a', cut: true },
];
const arn = 'arn:aws:sns:eu-central-1:123456789012:alarms';

describe.skipIf(browserMissing)(
  `options of an integration${browserMissing ? ` (${browserMissing})` : ''}`,
  () => {
    let system: System;
    let page: Page;
    let own: Record<string, unknown> = {};
    let deliveries = sentLast;
    let fails = false;

    eachVisit(async (visit) => {
      ({ system, page } = visit);
      own = { ...scripts };
      deliveries = sentLast;
      fails = false;
      system.api.use((call) => answered(call) ?? organisation(call));
      await signedIn(page, system);
    });

    function answered({ method, path: asked, body: sent }: Call) {
      if (asked === '/api/integrations') return { body: { items: [own] } };
      if (asked === `${path}/deliveries`) return { body: { items: deliveries } };
      if (asked !== path || method !== 'PATCH') return undefined;
      if (fails) return refusal(503, 'unavailable', 'The table is busy.');
      own = { ...own, ...(sent as object) };
      return { body: own };
    }

    const open = async (title: string) => {
      await page.goto(`${system.site.address}/integrations`);
      await page.getByRole('button', { name: `Manage ${name}` }).click();
      await page.getByText(title).click();
      await page.getByRole('button', { name: 'Save' }).waitFor();
    };
    const sent = () =>
      system.api.calls.filter(({ method }) => method === 'PATCH').map(({ body: said }) => said);

    test('for any JSON are a mapping, which is tried with what was sent last while it is written', async () => {
      await open('Where its bodies say what');
      await page.getByLabel('Try it with what was sent last').selectOption({ index: 1 });
      const tried = page.getByRole('region', { name: 'What would come of this body' });
      await tried.getByText('Nothing in this message was recognised.').waitFor();
      await page.getByLabel('Title', { exact: true }).fill('/meldung/kopf');
      await page.getByLabel('Where the state is').fill('/lage');
      await page.getByLabel('Words for: it fires').fill('offen');
      await page.getByLabel('Where the severity is').fill('/stufe');
      await page.getByRole('button', { name: 'Add a word' }).click();
      await page.getByLabel('Word 1', { exact: true }).fill('hoch');
      await page.getByLabel('Severity of word 1').selectOption('P1 Critical');
      await page.getByLabel('Identity').fill('/nummer');
      await tried.getByText('Pumpe steht').waitFor();
      expect(await tried.innerText()).toMatch(/Fires\s+P1\s+Critical\s+Pumpe steht/);
      expect(
        await page
          .locator('datalist option')
          .evaluateAll((all) => all.map((one) => one.getAttribute('value'))),
      ).toEqual(expect.arrayContaining(['/meldung/kopf', '/nummer']));
      expect(await faultsOf(page, 'integration-mapping')).toEqual([]);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It counts after a minute at most.').waitFor();
      expect(sent()).toEqual([
        {
          options: {
            mapping: {
              ...{ title: '/meldung/kopf', key: '/nummer', state: { at: '/lage', firing: ['offen'] } },
              severity: { at: '/stufe', words: { hoch: 'P1_CRITICAL' } },
            },
          },
        },
      ]);
      await page.getByText('(set)').waitFor();
    });

    test('that the API would refuse say so at their field, and nothing is sent', async () => {
      await open('Where its bodies say what');
      await page.getByLabel('Link', { exact: true }).fill('mehr');
      await page.getByText('This is no JSON pointer: it must begin with').waitFor();
      await page.getByLabel('A body to try it with').fill('{"a"');
      await page.getByText('This is no JSON: ').waitFor();
      expect(await faultsOf(page, 'integration-mapping-faults')).toEqual([]);
      await page.getByLabel('A body to try it with').fill('');
      await page.getByRole('button', { name: 'Save' }).click();
      expect(
        await page.getByLabel('Link', { exact: true }).evaluate((one) => one === document.activeElement),
      ).toBe(true);
      expect(sent()).toEqual([]);
    });

    test('with two rows of one word say so at the later one, and nothing is sent', async () => {
      own = { ...own, options: { mapping: { severity: { at: '/stufe', words: { hoch: 'P1_CRITICAL' } } } } };
      await open('Where its bodies say what');
      await page.getByRole('button', { name: 'Add a word' }).click();
      await page.getByLabel('Word 2', { exact: true }).fill('Hoch ');
      await page.getByText('“Hoch” has a severity above').waitFor();
      expect(await faultsOf(page, 'integration-mapping-words')).toEqual([]);
      await page.getByRole('button', { name: 'Save' }).click();
      expect(
        await page.getByLabel('Word 2', { exact: true }).evaluate((one) => one === document.activeElement),
      ).toBe(true);
      expect(sent()).toEqual([]);
      await page.getByRole('button', { name: 'Take away word 1' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It counts after a minute at most.').waitFor();
      expect(sent()).toEqual([
        { options: { mapping: { severity: { at: '/stufe', words: { Hoch: 'P3_MEDIUM' } } } } },
      ]);
    });

    test('that were set by the API in ways that a field cannot show stay as they are', async () => {
      const mapping = { title: '/kopf ', key: ['/a\nb', '/c '], state: { at: '/lage\n' } };
      own = { ...own, options: { mapping } };
      await open('Where its bodies say what');
      await page.getByLabel('Link', { exact: true }).fill('/mehr');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It counts after a minute at most.').waitFor();
      expect(sent()).toEqual([{ options: { mapping: { ...mapping, link: '/mehr' } } }]);
    });

    test('are tried as of when a body came, however long ago the form was opened', async () => {
      own = { ...own, options: { mapping: { title: '/kopf', time: '/wann' } } };
      deliveries = [ago(2), ago(90)].map((receivedAt) => ({
        ...{ receivedAt, status: 202, cut: false },
        body: JSON.stringify({ kopf: 'Pumpe steht', wann: ago(1) }),
      }));
      const warning = page.getByText('It names no time that can be used');
      const choice = page.getByLabel('Try it with what was sent last');
      const time = page.getByRole('region', { name: 'What would come of this body' }).locator('time');
      await page.clock.install();
      await open('Where its bodies say what');
      await page.clock.fastForward('20:00');
      await page.getByLabel('A body to try it with').fill(JSON.stringify({ kopf: 'x', wann: ago(-19) }));
      await time.waitFor();
      expect(await warning.count()).toBe(0);
      // Of two that say the same, the one that came before its own time is the one that was chosen.
      await choice.selectOption({ index: 2 });
      await warning.waitFor();
      expect(await choice.inputValue()).toBe('1');
      expect(await time.getAttribute('datetime')).toBe(deliveries[1]?.receivedAt);
      await choice.selectOption({ index: 1 });
      await warning.waitFor({ state: 'detached' });
    });

    test('that cannot be saved say why, and keep what was written; what is emptied is taken away', async () => {
      own = { ...own, options: { mapping: { title: '/kopf' } } };
      await open('Where its bodies say what');
      fails = true;
      await page.getByLabel('Title', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The table is busy. (request req-1) What you wrote is kept.').waitFor();
      fails = false;
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It counts after a minute at most.').waitFor();
      expect(sent()).toEqual([{ options: {} }, { options: {} }]);
    });

    test('for CloudWatch are the topics that may send, and what too few data mean', async () => {
      own = { ...own, source: 'cloudwatch' };
      await open('Topics and alarms');
      const topics = page.getByLabel('Topics of Amazon SNS that may send here');
      await topics.fill(`${arn}\nalarms`);
      await page.getByText('Line 2: Got "alarms"; allowed is the ARN of a topic').waitFor();
      expect(await faultsOf(page, 'integration-topics')).toEqual([]);
      await topics.fill(`${arn}\n`);
      await page.getByLabel('An alarm with too few data').selectOption('is an alert');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It counts after a minute at most.').waitFor();
      expect(sent()).toEqual([{ options: { topics: [arn], insufficientData: 'fire' } }]);
    });

    test('for CloudWatch that name no topic say that every topic may send, and warn when the last is taken away', async () => {
      own = { ...own, source: 'cloudwatch', options: { topics: [arn] } };
      await open('Topics and alarms');
      await page.getByText('With none named, every topic that knows the address may send').waitFor();
      const warning = page.getByText(
        'No topic is named any more: every topic that knows the address may send',
      );
      expect(await warning.count()).toBe(0);
      await page.getByLabel('Topics of Amazon SNS that may send here').fill(' \n');
      await warning.waitFor();
      expect(await faultsOf(page, 'integration-topics-emptied')).toEqual([]);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It counts after a minute at most.').waitFor();
      expect(sent()).toEqual([{ options: {} }]);
      expect(await warning.count()).toBe(1);
      await page.getByLabel('Topics of Amazon SNS that may send here').fill(arn);
      await warning.waitFor({ state: 'detached' });
    });

    test('for EventBridge are what too few data mean alone; other sources have none', async () => {
      own = { ...own, source: 'eventbridge' };
      await open('Alarms with too few data');
      expect(await page.getByLabel('Topics').count()).toBe(0);
      own = { ...own, source: 'sentry' };
      await page.goto(`${system.site.address}/integrations`);
      await page.getByRole('button', { name: `Manage ${name}` }).click();
      await page.getByText('Replace the key').waitFor();
      expect(await page.getByText('Alarms with too few data').count()).toBe(0);
    });
  },
);
