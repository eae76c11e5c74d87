import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { configured, facts, me, members, open, resolved } from './sample.ts';
import { type Call, type Respond, refusal } from './stub-api.ts';
import { type System, signedIn, startSystem, visit } from './system.ts';

const shots = process.env.SHOTS;
const first = open[0]?.id ?? '';
const organisation = ({ path }: Call) =>
  ({ '/api/me': { body: me(1) }, '/api/members': { body: members }, '/api/config': { body: configured } })[
    path
  ];
const unavailable = refusal(503, 'unavailable', 'The table is busy. Try again in a few seconds.');

interface Scene {
  readonly name: string;
  readonly path: string;
  /** What shows that the page is as far as it gets. */
  readonly until: string;
  readonly respond?: Respond;
  /** For pages made of the same parts as the others. */
  readonly themes?: readonly ('light' | 'dark')[];
  readonly signedOut?: true;
  readonly status?: true;
}

const scenes: readonly Scene[] = [
  {
    name: 'list',
    path: '/incidents',
    until: 'INC-128',
    respond: () => ({ body: { items: open.map(({ alerts, ...listed }) => listed) } }),
  },
  {
    name: 'resolved',
    themes: ['dark'],
    path: '/incidents?state=resolved',
    until: 'INC-126',
    respond: () => ({ body: { items: resolved.map(({ alerts, ...listed }) => listed), next: 'more' } }),
  },
  { name: 'empty', path: '/', until: 'Nothing is open', respond: () => ({ body: { items: [] } }) },
  { name: 'error', path: '/', until: 'The table is busy', respond: () => unavailable },
  {
    name: 'incident',
    path: `/incidents/${first}`,
    until: 'Rolling back now',
    respond: ({ path }) => ({ body: path.endsWith('/facts') ? { items: facts, last: 6 } : open[0] }),
  },
  {
    name: 'incident-error',
    themes: ['dark'],
    path: `/incidents/${first}`,
    until: 'The table is busy',
    respond: () => unavailable,
  },
  { name: 'unknown', themes: ['dark'], path: '/elsewhere', until: 'There is no such page' },
  {
    name: 'no-organisation',
    themes: ['dark'],
    path: '/',
    until: 'Make the organisation',
    respond: () => ({ body: me(0) }),
  },
  { name: 'sign-in', themes: ['dark'], path: '/', until: 'Sign in', signedOut: true },
  { name: 'status', path: '/', until: 'Nothing has been published', status: true },
];

describe.skipIf(browserMissing)(`what people see${browserMissing ? ` (${browserMissing})` : ''}`, () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  const both = scenes.flatMap((scene) =>
    (scene.themes ?? (['light', 'dark'] as const)).map((colorScheme) => ({ ...scene, colorScheme })),
  );

  test.each(both)(
    '$name, $colorScheme: no serious accessibility finding and no sideways scrolling, wide and on a phone',
    async (scene) => {
      system.api.use(
        (call) =>
          (scene.name === 'no-organisation' ? undefined : organisation(call)) ?? scene.respond?.(call),
      );
      const viewport = { width: 1280, height: 900 };
      const { context, page, complaints } = await visit(system.browser, {
        colorScheme: scene.colorScheme,
        viewport,
      });
      if (!scene.signedOut) await signedIn(page, system);
      await page.goto(`${(scene.status ? system.status : system.site).address}${scene.path}`);
      await page.getByText(scene.until).first().waitFor();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        if (shots)
          await page.screenshot({
            path: join(shots, `${scene.name}-${scene.colorScheme}-${width}.png`),
            fullPage: true,
          });
        expect(await findings(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test('the check itself sees what it is for', async () => {
    const { context, page, complaints } = await visit(system.browser);
    await page.goto(system.status.address);
    await page.evaluate(() => {
      const faint = document.createElement('p');
      faint.textContent = 'Faint';
      faint.style.color = '#bbb';
      const inline = document.createElement('style');
      inline.textContent = 'p { margin: 0 }';
      document.body.append(faint, inline);
    });
    expect(await findings(page)).toEqual([expect.stringMatching(/^color-contrast/)]);
    expect(complaints).toEqual([expect.stringMatching(/Content Security Policy/)]);
    await context.close();
  });
});

/** Serious findings as short lines: rule, and where. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
    );
}
