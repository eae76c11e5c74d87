import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiClient } from '../../infra/demo/api-client.ts';
import { builtSites, serveSite } from '../frontend/built-site.ts';
import type {} from '../frontend/document-page/main.tsx';
import { visit } from '../frontend/system.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { faultsOf } from '../support/look.ts';

type Site = Awaited<ReturnType<typeof serveSite>>;

describe.skipIf(browserMissing)(
  `the document of a room in a browser${browserMissing ? ` (${browserMissing})` : ''}`,
  { timeout: 90_000 },
  () => {
    let app: App;
    let browser: Browser;
    let site: Site;
    const secrets = new Map<string, string>();
    beforeAll(async () => {
      const built = builtSites('test/frontend/document-page');
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      site = await serveSite(built.console, {
        scripts: true,
        connect: () => [app.addresses.socket],
      });
      for (const [name, role] of [
        ['Ann', 'responder'],
        ['Bob', 'responder'],
        ['Vera', 'viewer'],
      ]) {
        const { body } = await app.call('POST', '/api/keys', { name, role });
        secrets.set(String(name), String(body.secret));
      }
    });
    afterAll(async () => {
      await browser.close();
      await Promise.all([site.stop(), app.stop()]);
    });

    let next = 0;
    const incident = async (): Promise<string> => {
      const service = `service-${next++}`;
      await app.send('generic', { title: 'Down', service, severity: 'critical' });
      const [opened] = await app.incidents(`?service=${service}`);
      return opened?.id ?? '';
    };
    /** The address of the socket with a fresh ticket of somebody. */
    const socketOf = async (name: string) => {
      const call = apiClient(app.addresses.api, secrets.get(name) ?? '');
      const { body } = await call('POST', '/api/war-room/tickets');
      return `${app.addresses.socket}?ticket=${body.ticket}`;
    };
    const connect = async (page: Page, name: string) => {
      const address = await socketOf(name);
      await page.evaluate((to) => window.channel.open(to), address);
    };
    /** Somebody before the document; leaving fails when their browser complained of anything. */
    const sit = async (name: string, id: string) => {
      const { context, page, complaints } = await visit(browser);
      const asked = new URLSearchParams({ incident: id, name, readOnly: name === 'Vera' ? 'yes' : 'no' });
      await page.goto(`${site.address}/?${asked}`);
      const text = page.getByRole('textbox', { name: 'Shared document' });
      await text.waitFor();
      await connect(page, name);
      const stored = () => page.getByText('Stored', { exact: true }).waitFor();
      await stored();
      const lines = async () => (await text.locator('.cm-line').allTextContents()).map(plain).join('\n');
      const leave = async () => {
        await context.close();
        expect(complaints).toEqual([]);
      };
      return { page, text, stored, lines, leave };
    };
    const plain = (line: string) => line.replaceAll(/\u2060[^\u2060]*\u2060/g, '');
    const read = async (id: string) => (await app.call('GET', `/api/incidents/${id}/document`)).body.text;

    test('two who type at once see the same text, each other’s cursor and name, under the content policy', async () => {
      const id = await incident();
      const [ann, bob] = [await sit('Ann', id), await sit('Bob', id)];
      await ann.text.click();
      await ann.page.keyboard.type('# What we know\nCheckout fails\n');
      await ann.stored();
      await bob.text.getByText('Checkout fails').waitFor();
      await bob.text.click();
      await bob.page.keyboard.press('Control+End');
      await Promise.all([
        ann.page.keyboard.type('from Ann ', { delay: 20 }),
        bob.page.keyboard.type('from Bob ', { delay: 20 }),
      ]);
      await Promise.all([ann.stored(), bob.stored()]);
      await expect.poll(async () => (await ann.lines()) === (await bob.lines())).toBe(true);
      const text = await ann.lines();
      expect(await read(id)).toBe(text);
      expect([...text].toSorted().join('')).toBe(
        [...'# What we know\nCheckout fails\nfrom Ann from Bob '].toSorted().join(''),
      );
      await ann.page.getByRole('list', { name: 'Also writing' }).getByText('Bob').waitFor();
      await bob.page.getByRole('list', { name: 'Also writing' }).getByText('Ann').waitFor();
      expect(await ann.page.locator('.cm-caret').count()).toBe(1);
      await bob.page.keyboard.press('Shift+Home');
      await ann.page.locator('.cm-chosen').first().waitFor();
      const colour = await ann.page
        .locator('.cm-caret')
        .evaluate((caret) => getComputedStyle(caret).borderLeftColor);
      expect(colour).not.toBe('rgb(0, 0, 0)');
      expect(await faultsOf(ann.page, 'document')).toEqual([]);
      await Promise.all([ann.leave(), bob.leave()]);
    });

    test('undo takes back one’s own text and keeps that of the other', async () => {
      const id = await incident();
      const [ann, bob] = [await sit('Ann', id), await sit('Bob', id)];
      await ann.text.click();
      // At once: what is typed slowly is undone in pieces.
      await ann.page.keyboard.insertText('mine');
      await bob.text.getByText('mine').waitFor();
      await bob.text.click();
      await bob.page.keyboard.press('Control+End');
      await bob.page.keyboard.type(' theirs');
      await ann.text.getByText('mine theirs').waitFor();
      await ann.page.keyboard.press('Control+z');
      await expect.poll(() => bob.lines()).toBe(' theirs');
      await ann.page.keyboard.press('Control+y');
      await expect.poll(() => bob.lines()).toBe('mine theirs');
      await Promise.all([ann.leave(), bob.leave()]);
    });

    test('what is written without a connection is kept and merged when it is back, also while the document is hidden', async () => {
      const id = await incident();
      const [ann, bob] = [await sit('Ann', id), await sit('Bob', id)];
      await ann.page.evaluate(() => window.channel.cut());
      await ann.page.getByText(/^No connection/).waitFor();
      await ann.text.click();
      await ann.page.keyboard.type('Ann was away. ');
      await ann.page.getByText('is kept here').waitFor();
      expect(await faultsOf(ann.page, 'document-away')).toEqual([]);
      await bob.text.click();
      await bob.page.keyboard.type('Bob was here. ');
      await bob.stored();
      await ann.page.getByRole('button', { name: 'Hide' }).click();
      await connect(ann.page, 'Ann');
      await expect.poll(() => bob.lines()).toContain('Ann was away. ');
      await ann.page.getByRole('button', { name: 'Show' }).click();
      await expect.poll(async () => (await ann.lines()) === (await bob.lines())).toBe(true);
      expect(await ann.lines()).toContain('Bob was here. ');
      await Promise.all([ann.leave(), bob.leave()]);
    });

    test('what was written without a connection survives a reload, and is merged', async () => {
      const id = await incident();
      const [ann, bob] = [await sit('Ann', id), await sit('Bob', id)];
      await bob.text.click();
      await bob.page.keyboard.type('Stored. ');
      await ann.text.getByText('Stored. ').waitFor();
      await ann.page.evaluate(() => window.channel.cut());
      await ann.text.click();
      await ann.page.keyboard.press('Control+End');
      await ann.page.keyboard.type('Not stored.');
      ann.page.once('dialog', (dialog) => dialog.accept());
      await ann.page.reload();
      await connect(ann.page, 'Ann');
      await expect.poll(() => bob.lines()).toBe('Stored. Not stored.');
      await ann.stored();
      await ann.page.reload();
      await connect(ann.page, 'Ann');
      await expect.poll(() => ann.lines()).toBe('Stored. Not stored.');
      await Promise.all([ann.leave(), bob.leave()]);
    });

    test('who may only read sees what is written and cannot change it', async () => {
      const id = await incident();
      const [ann, vera] = [await sit('Ann', id), await sit('Vera', id)];
      await ann.text.click();
      await ann.page.keyboard.type('Read this');
      await vera.text.getByText('Read this').waitFor();
      await vera.text.click();
      await vera.page.keyboard.type('no');
      expect(await vera.lines()).toBe('Read this');
      expect(await faultsOf(vera.page, 'document-read')).toEqual([]);
      await Promise.all([ann.leave(), vera.leave()]);
    });

    test('a change that is refused is said, and nothing more can be written', async () => {
      const ann = await sit('Ann', await incident());
      await ann.page.evaluate(() => {
        const { channel } = window;
        channel.send = (frame) => {
          if (frame.type !== 'doc.update') return;
          const about = { v: 1, type: 'error', incident: channel.incident, id: frame.id } as const;
          const said = {
            ...about,
            code: 'limit',
            rule: 'WR23',
            message: 'The document is too long.',
          } as const;
          setTimeout(() => channel.hear(said));
        };
      });
      await ann.text.click();
      await ann.page.keyboard.type('x');
      await ann.page.getByText('The document is too long.').waitFor();
      await ann.text.click();
      await ann.page.keyboard.type('y');
      expect(await ann.lines()).toBe('x');
      expect(await faultsOf(ann.page, 'document-refused')).toEqual([]);
      await ann.leave();
    });

    test('a long text that is pasted is stored in pieces; one that is too long is not taken, and said', async () => {
      const id = await incident();
      const ann = await sit('Ann', id);
      const paste = (length: number) =>
        ann.text.evaluate((text, count) => {
          const data = new DataTransfer();
          data.setData('text/plain', 'word \u{1F4A5}\r\n'.repeat(count / 8));
          text.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          );
        }, length);
      await ann.text.click();
      await paste(64_000);
      await ann.stored();
      await expect.poll(async () => String(await read(id)).length).toBe(64_000);
      expect(await read(id)).toBe('word \u{1F4A5}\n'.repeat(8_000));
      await paste(160_000);
      await ann.page.getByText('The document is full').waitFor();
      await ann.page.keyboard.press('Backspace');
      await ann.page.getByText('The document is full').waitFor({ state: 'detached' });
      await ann.stored();
      expect(await read(id)).toHaveLength(63_999);
      await ann.leave();
    });
  },
);
