import type { Page } from 'playwright-core';
import { organisation } from './answers.ts';
import { eachVisit } from './each-visit.ts';
import { status } from './status-sample.ts';
import type { Answered, Call } from './stub-api.ts';
import { type System, signedIn } from './system.ts';

type Part = '' | 'components' | 'maintenance' | 'look' | 'page';

/**
 * The management of the status page in a browser, before a stub that answers what `shown` holds and takes every change, or
 * refuses it with `failure`. To be called once in a describe.
 */
export function statusDesk() {
  let system: System;
  let page: Page;
  const answers: {
    shown: typeof status;
    role: 'administrator' | 'viewer';
    failure: Answered | undefined;
    /** Instead of the page itself. */
    instead: Answered | undefined;
  } = { shown: status, role: 'administrator', failure: undefined, instead: undefined };

  const answer = (call: Call): Answered | undefined => {
    if (call.path === '/api/status') return answers.instead ?? { body: answers.shown };
    if (call.method === 'GET' || !call.path.startsWith('/api/status'))
      return organisation(call, answers.role);
    if (answers.failure !== undefined) return answers.failure;
    if (call.method === 'DELETE') return { status: 204, body: undefined };
    return { status: call.method === 'POST' ? 201 : 200, body: { version: status.version + 1 } };
  };
  eachVisit(async (visit) => {
    ({ system, page } = visit);
    // So that a test tells where it stopped, not only that it did.
    page.setDefaultTimeout(12_000);
    Object.assign(answers, { shown: status, role: 'administrator', failure: undefined, instead: undefined });
    system.api.use(answer);
    await signedIn(page, system);
  });

  const go = (part: Part = '') => page.goto(`${system.site.address}/status${part === '' ? '' : `/${part}`}`);
  return {
    answers,
    /** The browser's page. */
    get page() {
      return page;
    },
    get calls() {
      return system.api.calls;
    },
    go,
    /** Takes hold of the page's time, before it is opened. */
    holdTime: () => page.clock.install(),
    /** Lets so much of it pass that the page asks again. */
    later: () => page.clock.fastForward(11_000),
    /** Goes to a part and waits until it is there. */
    async open(part?: Part): Promise<void> {
      await go(part);
      await page.getByText('Everybody reads it at').waitFor();
    },
    /** The changes that were asked for. */
    changes: () =>
      system.api.calls
        .filter(({ method }) => method !== 'GET')
        .map(({ method, path, body }) => ({ method, path: path.replace('/api/status', ''), body })),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    card: (title: string) => page.getByRole('article', { name: title }).first(),
    form: (name: string) => page.getByRole('form', { name, exact: true }),
    /** Opens what is folded under a title. */
    unfold: (title: string) => page.locator('summary', { hasText: title }).first().click(),
    /** Waits until an outcome is told. */
    said: (words: string) => page.getByRole('status').getByText(words).waitFor(),
  };
}
