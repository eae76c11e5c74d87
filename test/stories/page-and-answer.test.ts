import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { type App, startApp } from '../support/app.ts';

const down = (service: string) => ({
  labels: { alertname: 'InstanceDown', severity: 'critical', service, instance: `${service}-1` },
});

/** The acknowledge link of a page. */
function linkIn(text: string): string {
  return /^Acknowledge: (\S+)/m.exec(text)?.[1] ?? '';
}

describe('an alert at night', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const at = (minutes = 0) => new Date(app.system.clock.now() + minutes * MINUTE).toISOString();
  const found = async (service: string) =>
    (await app.incidents('?state=open')).filter((one) => one.service === service);

  it('becomes one incident, and the person on call gets an e-mail with a link', async () => {
    const answer = await app.send(
      'alertmanager',
      alertmanagerBody([{ ...down('checkout'), startsAt: at() }]),
    );
    expect(answer.status).toBe(202);
    expect(await found('checkout')).toMatchObject([
      {
        state: 'triggered',
        severity: 'P1_CRITICAL',
        title: 'InstanceDown',
        description: 'InstanceDown on checkout-1',
      },
    ]);
    const [page, ...others] = await app.mailbox('ada@example.com');
    expect(others).toEqual([]);
    expect(page?.subject).toMatch(/^\[P1\] INC-\d+ InstanceDown/);
    expect(linkIn(page?.body.text ?? '')).toContain(`${app.addresses.api}/respond/`);
  });

  it('says what is wrong: what the sender wrote, and what else is known', async () => {
    const [page] = await app.mailbox('ada@example.com');
    const { text = '', html = '' } = page?.body ?? {};
    const shown = await (await fetch(linkIn(text))).text();
    for (const body of [text, html, shown]) {
      expect(body).toContain('InstanceDown on checkout-1');
      expect(body).toContain('service=checkout');
    }
    const [incident] = await found('checkout');
    const due = `${incident?.next?.dueAt.slice(11, 16)} UTC.`;
    expect(text).toContain('If nobody acknowledges, the next page goes out ');
    for (const body of [text, html, shown]) expect(body).toContain(due);
  });

  it('of unknown form shows how it begins', async () => {
    await app.send('generic', { reading: { sensor: 'cold store 4', celsius: 9 }, api_key: 'canary-1' });
    const page = (await app.mailbox('ada@example.com')).find(({ subject }) =>
      subject.includes('unknown form'),
    );
    expect(page?.body.text).toContain('Nothing in this message was recognised. It begins:');
    expect(page?.body.text).toContain('reading: (sensor: cold store 4, celsius: 9)');
    expect(page?.body.text).not.toContain('canary');
    await fetch(linkIn(page?.body.text ?? ''), { method: 'POST' });
  });

  it('[F41] opening the link changes nothing; its button acknowledges, and then nobody else is paged', async () => {
    const [page] = await app.mailbox('ada@example.com');
    const link = linkIn(page?.body.text ?? '');
    const opened = await fetch(link);
    expect(opened.status).toBe(200);
    expect(await opened.text()).toContain('InstanceDown');
    expect(await found('checkout')).toMatchObject([{ state: 'triggered' }]);

    const answered = await fetch(link, { method: 'POST' });
    expect(answered.status).toBe(200);
    expect(await found('checkout')).toMatchObject([
      { state: 'acknowledged', acknowledgedBy: { kind: 'person', id: 'per_ada' } },
    ]);
    await app.system.clock.fastForward(30 * MINUTE);
    expect(await app.mailbox('grace@example.com')).toEqual([]);
  });

  it('silence pages the next level exactly when it is due, and again', async () => {
    const begun = app.system.clock.now();
    await app.send('generic', {
      title: 'Payments queue is stuck',
      service: 'payments',
      severity: 'critical',
    });
    const minutesOf = async (address: string) =>
      (await app.mailbox(address))
        .filter(({ subject }) => subject.includes('Payments queue'))
        .map((mail) => Math.abs(Math.round(((mail.at * 1_000 - begun) / MINUTE) * 10) / 10));
    await app.system.clock.fastForward(5 * MINUTE - 10_000);
    expect(await minutesOf('grace@example.com')).toEqual([]);
    await app.system.clock.fastForward(20_000);
    expect(await minutesOf('grace@example.com')).toEqual([5]);
    expect(await minutesOf('admin@example.com')).toEqual([5]);
    await app.system.clock.fastForward(40 * MINUTE);
    expect(await minutesOf('ada@example.com')).toEqual([0, 15]);
    expect(await minutesOf('grace@example.com')).toEqual([5, 20]);
    const outlooks = (await app.mailbox('grace@example.com'))
      .filter(({ subject }) => subject.includes('Payments queue'))
      .map(({ body }) => body.text.trim().split('\n').at(-1));
    expect(outlooks).toEqual([
      expect.stringMatching(/the next page goes out (on \S+ )?at \d\d:\d\d UTC\.$/),
      'Nobody else will be paged after this.',
    ]);
  });

  it('resolving closes it: the alert stays quiet for ten seconds and the incident is over', async () => {
    const startsAt = at();
    await app.send('alertmanager', alertmanagerBody([{ ...down('search'), startsAt }]));
    await app.system.clock.fastForward(MINUTE);
    await app.send('alertmanager', alertmanagerBody([{ ...down('search'), startsAt, endsAt: at() }]));
    expect(await found('search')).toHaveLength(1);
    await app.system.clock.fastForward(11_000);
    expect(await found('search')).toEqual([]);
    const [over] = (await app.incidents('?state=resolved')).filter(({ service }) => service === 'search');
    // A number that a slower worker reserved in vain is closed with a void fact; whether there is one is chance.
    const types = (await app.facts(over?.id ?? '')).map(({ type }) => type).filter((type) => type !== 'void');
    expect(types).toEqual([
      'incident.opened',
      'alerts.changed',
      'incident.escalated',
      'alerts.changed',
      'incident.resolved',
    ]);
    await app.system.clock.fastForward(30 * MINUTE);
    const pages = (await app.mailbox('grace@example.com')).filter(
      ({ subject, body }) => subject.includes('InstanceDown') && body.text.includes('search'),
    );
    expect(pages).toEqual([]);
  });

  it('an Alertmanager that had lost its Prometheus tells an alert again with its old beginning, and somebody is paged again', async () => {
    const startsAt = at();
    await app.send('alertmanager', alertmanagerBody([{ ...down('ledger'), startsAt }]));
    await app.system.clock.fastForward(4 * MINUTE);
    await app.send('alertmanager', alertmanagerBody([{ ...down('ledger'), startsAt, endsAt: at() }]));
    await app.system.clock.fastForward(11_000);
    expect(await found('ledger')).toEqual([]);
    await app.system.clock.fastForward(5 * MINUTE);
    await app.send('alertmanager', alertmanagerBody([{ ...down('ledger'), startsAt }]));
    expect(await found('ledger')).toMatchObject([{ state: 'triggered', generation: 2 }]);
    const pages = (await app.mailbox('ada@example.com')).filter(
      ({ subject, body }) => subject.includes('InstanceDown') && body.text.includes('ledger'),
    );
    expect(pages).toHaveLength(2);
  });
});
