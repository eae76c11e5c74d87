import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  type Draft,
  evolvePostmortem,
  type postmortemOf,
  viewPostmortem,
} from '../../shared/postmortems/index.ts';
import { generated, postmortemAfter } from '../shared/postmortems/given.ts';
import { browserMissing } from '../support/browser.ts';
import { ann, inc, minutes, org } from '../support/given.ts';
import { faultsOf } from '../support/look.ts';
import { incidents, organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { type Answered, type Call, refusal } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

const path = `/incidents/${inc}/post-mortem`;
const actions = [{ text: 'Bound the basket', assignee: 'Ann', due: '2026-12-01', done: false }];
const first = () => postmortemAfter([generated()]);

/** What a model made of it. */
function draftOf({ sources, analysis }: ReturnType<typeof first>): Draft {
  const said = [{ text: 'Briefly, it broke.', cites: sources.slice(0, 1).map(({ id }) => id) }];
  const order = analysis.hypotheses.map(({ id }) => id);
  return { model: 'eu.amazon.nova-lite-v1:0', summary: said, rootCause: said, order, refused: 2 };
}

describe.skipIf(browserMissing)(`the post-mortem${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  let page: Page;
  let now: ReturnType<typeof postmortemOf>;
  let model: string | undefined;
  let instead: ((call: Call) => Answered | undefined) | undefined;

  eachVisit(async (visit) => {
    ({ system, page } = visit);
    now = undefined;
    model = undefined;
    instead = undefined;
    await signedIn(page, system);
    system.api.use((call) => instead?.(call) ?? answer(call));
  });

  /** The API with one post-mortem, which changes as the real one does. */
  function answer(call: Call): Answered | undefined {
    const shown = () => (now ? { body: viewPostmortem(now, actions, model) } : undefined);
    if (call.path === '/api/postmortems') {
      const items = now ? [{ ...viewPostmortem(now, actions) }] : [];
      return { body: { items } };
    }
    if (call.path.endsWith('/postmortem')) {
      if (call.method === 'POST') now ??= first();
      return shown() ?? refusal(404, 'not_found', 'This incident has no post-mortem yet.');
    }
    if (call.method === 'PATCH' && now) {
      const { status, sections = {} } = call.body as {
        status?: 'draft';
        sections?: Record<string, string | null>;
      };
      for (const [section, text] of Object.entries(sections))
        record({ type: 'postmortem.written', data: { section, text } });
      if (status) record({ type: 'postmortem.moved', data: { to: status } });
      return shown();
    }
    if (call.path.endsWith('/draft') && now) {
      record({ type: 'postmortem.drafted', data: { draft: draftOf(now) } });
      return shown();
    }
    if (/\/(markdown|html|pdf)$/.test(call.path)) return { body: 'the file' };
    return organisation(call) ?? incidents(call);
  }

  function record(fact: { readonly type: string; readonly data: object }) {
    if (!now) return;
    const place = {
      org,
      postmortem: now.id,
      seq: now.version + 1,
      recordedAt: minutes(50),
      occurredAt: minutes(50),
      actor: ann,
    };
    now = evolvePostmortem(now, { ...fact, ...place } as Parameters<typeof evolvePostmortem>[1]);
  }

  const enter = async () => {
    now = first();
    await page.goto(`${system.site.address}${path}`);
    await page.getByRole('heading', { name: 'Post-mortem of INC-12' }).waitFor();
  };
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  test('is generated when there is none yet', async () => {
    await page.goto(`${system.site.address}${path}`);
    await button('Generate the post-mortem').click();
    await page.getByRole('heading', { name: 'Post-mortem of INC-12' }).waitFor();
    expect(await part('Root cause').innerText()).toContain('Confirmed: Release of the basket');
    expect(await part('Action items').innerText()).toContain('Bound the basket (Ann, due 2026-12-01)');
    expect(await part('Possible causes').innerText()).toContain(
      'The harm ended 5 min after something was taken back.',
    );
  });

  test('leads from each sentence to what shows it', async () => {
    await enter();
    const link = part('Summary').getByRole('link').first();
    const href = await link.getAttribute('href');
    await link.click();
    await page.locator(`${href}:target`).waitFor();
    expect(await page.locator(String(href)).innerText()).toContain('opened the incident');
  });

  test('is written in, keeps what was begun through a reload, and shows again what was generated', async () => {
    await enter();
    await button('Write Root cause').click();
    await page
      .getByLabel('Root cause, in Markdown')
      .fill('The **basket** was unbounded. <script>alert(1)</script>');
    await page.reload();
    await button('Save').click();
    await part('Root cause').getByText('Written by Ann').waitFor();
    expect(await part('Root cause').locator('strong').innerText()).toBe('basket');
    expect(await part('Root cause').innerText()).toContain('<script>alert(1)</script>');
    await button('Show what was generated').click();
    await part('Root cause').getByText('Confirmed: Release').waitFor();
  });

  test('is moved on, and cannot be written in when it is done', async () => {
    await enter();
    await button('Ask for review').click();
    await button('Mark as done').click();
    await page.getByText('Done', { exact: true }).waitFor();
    expect(await button('Write Summary').count()).toBe(0);
    await button('Back to draft').click();
    await button('Write Summary').waitFor();
  });

  test('keeps what is written when it could not be saved, and says why', async () => {
    await enter();
    instead = (call) =>
      call.method === 'PATCH'
        ? refusal(412, 'precondition', 'The post-mortem is at version 3, not 1.')
        : undefined;
    await button('Write Summary').click();
    await page.getByLabel('Summary, in Markdown').fill('In short.');
    await button('Save').click();
    await page.getByText('The post-mortem is at version 3, not 1.').waitFor();
    expect(await page.getByLabel('Summary, in Markdown').inputValue()).toBe('In short.');
  });

  test('is drafted by a model where one is set up, and says what is its draft; else nothing is said of models', async () => {
    await enter();
    expect(await part('Draft by a model').count()).toBe(0);
    model = 'eu.amazon.nova-lite-v1:0';
    await page.reload();
    instead = (call) =>
      call.path.endsWith('/draft')
        ? refusal(503, 'unavailable', 'The model gave no draft: it was asked too often.')
        : undefined;
    await button('Have a model draft it').click();
    await page.getByText('The model gave no draft: it was asked too often.').waitFor();
    instead = undefined;
    await button('Have a model draft it').click();
    await part('Draft by a model').getByText('wrote 2 sentences, marked as draft').waitFor();
    expect(await part('Draft by a model').innerText()).toContain('2 were left out');
    expect(await part('Summary').innerText()).toMatch(
      /Draft by the model eu.amazon.nova-lite-v1:0, checked by nobody yet\. Briefly, it broke\. \(\d/,
    );
    expect(await part('Root cause').innerText()).toContain('Briefly, it broke.');
    expect(await faultsOf(page, 'post-mortem-draft')).toEqual([]);
  });

  test('is saved as Markdown, HTML and PDF', async () => {
    await enter();
    for (const [name, ending] of [
      ['Markdown', 'md'],
      ['HTML', 'html'],
      ['PDF', 'pdf'],
    ] as const) {
      const [file] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
      expect(file.suggestedFilename()).toBe(`INC-12-post-mortem.${ending}`);
      expect(await readFile(await file.path(), 'utf8')).toBe('"the file"');
    }
  });

  test('is in the list of all', async () => {
    now = first();
    await page.goto(`${system.site.address}/post-mortems`);
    await page.getByRole('link', { name: 'INC-12 Checkout p99 high' }).click();
    await page.getByRole('heading', { name: 'Post-mortem of INC-12' }).waitFor();
  });

  test('has no serious fault in light and dark, wide and on a phone', async () => {
    await enter();
    await button('Write Impact').click();
    expect(await faultsOf(page, 'post-mortem')).toEqual([]);
    await page.goto(`${system.site.address}/post-mortems`);
    await page.getByRole('link', { name: 'INC-12 Checkout p99 high' }).waitFor();
    expect(await faultsOf(page, 'post-mortems')).toEqual([]);
  });
});
