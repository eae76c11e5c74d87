import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';
import { visitsOf } from '../support/one-clock.ts';
import { signInOn } from '../support/sign-in.ts';

interface Told {
  readonly outcome?: string;
  readonly paged?: boolean;
  readonly incident?: string;
  readonly summary: string;
  readonly steps: readonly {
    readonly about: string;
    readonly text: string;
    readonly lines?: readonly string[];
  }[];
}

const textOf = ({ steps }: Told, about: string): string =>
  steps
    .filter((step) => step.about === about)
    .flatMap(({ text, lines = [] }) => [text, ...lines])
    .join('\n');

describe('the morning after', { timeout: 90_000 }, () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
    const body = { matchers: ['service="search"'], to: at(60), comment: 'moving the index' };
    await app.call('POST', '/api/silences', body);
    await fires('checkout', 'Orders fail');
    await fires('search', 'Search is slow');
    await app.send('generic', {
      title: 'Disk is half full',
      service: 'disks',
      severity: 'info',
      key: 'disks',
    });
    await app.system.clock.fastForward(30 * SECOND);
  });
  afterAll(() => app.stop());

  const at = (minutes: number) => new Date(app.system.clock.now() + minutes * MINUTE).toISOString();
  const fires = (service: string, title: string) =>
    app.send('generic', { title, service, severity: 'critical', key: service });
  const found = async (query: string) =>
    (await app.call('GET', `/api/alerts?${query}`)).body.items as readonly { id: string; title: string }[];
  const why = async (service: string): Promise<Told> => {
    const [alert] = await found(`service=${service}`);
    return (await app.call('GET', `/api/alerts/${alert?.id}/explain`)).body as unknown as Told;
  };

  it('an alert that paged says by which rule, in which incident, whom and when', async () => {
    const told = await why('checkout');
    expect(told).toMatchObject({ outcome: 'incident', paged: true });
    expect(told.summary).toMatch(/^It is in INC-\d+: Rule '.*INC-\d+ paged Ada .*, first at /);
    expect(textOf(told, 'window')).toMatch(/It opened INC-\d+ at/);
    expect(textOf(told, 'page')).toMatch(/Step 1 paged level 1: Ada.*by e-mail: taken by the provider/s);
    expect(textOf(told, 'page')).toContain('Step 2 is due at');
    expect(textOf(told, 'quiet')).toContain('1 does not fit.');
    expect(await app.mailbox('ada@example.com')).toHaveLength(1);
  });

  it('an alert that a silence held back says which, until when, and that nobody was paged', async () => {
    const told = await why('search');
    expect(told).toMatchObject({ outcome: 'silence', paged: false });
    expect(told.summary).toMatch(
      /^Silence “moving the index” \(sil_\w+\) holds it back, until .*pages nobody\.$/,
    );
    expect((await found('suppressed=true')).map(({ title }) => title)).toEqual(['Search is slow']);
    expect((await found('incident=false')).map(({ title }) => title)).toEqual(['Search is slow']);
  });

  it('an alert that is not urgent enough says so', async () => {
    const told = await why('disks');
    expect(told).toMatchObject({ outcome: 'incident', paged: false });
    expect(told.summary).toContain('it is P5 Info, which is recorded and pages nobody');
  });

  it('the incident tells the same of itself, and what comes next', async () => {
    const { incident } = await why('checkout');
    const told = (await app.call('GET', `/api/incidents/${incident}/explain`)).body as unknown as Told;
    expect(told.summary).toMatch(/^INC-\d+ was opened at .* 1 alert came in\. INC-\d+ paged Ada/);
    expect(textOf(told, 'opening')).toContain('“Orders fail” (P1 Critical) came first');
    expect(textOf(told, 'next')).toContain('Step 2 of the escalation comes at');
  });

  it.skipIf(browserMissing)('the page of alerts shows all three, and why', async () => {
    const browser = await launchBrowser();
    const visits = visitsOf(browser, app.system);
    const tab = await visits.visit();
    await tab.goto(app.addresses.console);
    await signInOn(tab);
    await tab.getByRole('link', { name: 'Alerts', exact: true }).click();
    const line = (title: string) => tab.getByRole('listitem').filter({ hasText: title }).first();
    await line('Search is slow').getByText('Held back until').waitFor();
    await line('Search is slow').getByText('Why?').click();
    await line('Search is slow')
      .getByText(/“moving the index” .* holds it back/)
      .first()
      .waitFor();
    await line('Orders fail').getByText('Why?').click();
    await line('Orders fail')
      .getByText(/paged Ada/)
      .first()
      .waitFor();
    await line('Disk is half full').getByRole('link', { name: /INC-/ }).click();
    await tab.getByText('Why is this incident as it is?').click();
    await tab
      .getByText(/pages nobody/)
      .first()
      .waitFor();
    expect(visits.complaints()).toEqual([]);
    await browser.close();
  });
});
