import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PageContent, renderPage } from '../../../shared/on-call/index.ts';
import { anyText } from '../../support/any-text.ts';
import { incidentAfter, minutes, opened, triggered } from '../../support/given.ts';

const page = (data: Parameters<typeof triggered>[0] = {}, more: Partial<PageContent> = {}) =>
  renderPage({
    incident: triggered(data),
    step: 1,
    person: 'ann',
    name: 'Ann',
    respondUrl: 'https://pages.example.com/respond/token',
    consoleUrl: 'https://console.example.com/incidents/inc_1',
    possiblyAgain: false,
    now: minutes(3),
    ...more,
  });

describe('the page by mail', () => {
  it('says in its subject how urgent it is, which incident, what and which step', () => {
    expect(page().subject).toBe('[P1] INC-12 Checkout p99 high — step 1');
  });
  it('carries both links, the service and the time in both forms', () => {
    for (const body of [page().text, page().html]) {
      expect(body).toContain('https://pages.example.com/respond/token');
      expect(body).toContain('https://console.example.com/incidents/inc_1');
      expect(body).toContain('checkout');
      expect(body).toContain('2026-11-02 09:00:00Z');
    }
  });
  it('shows what the sender wrote, in lines, and what else is known', () => {
    const mail = page({
      description: 'p99 is 4.2 s\n\nSince the deploy of 08:58',
      runbook: 'https://wiki.example.com/checkout?a=1&b=2',
      correlation: { hash: 'h', rule: 'default', key: 'service=checkout' },
    });
    expect(mail.text).toContain('\n    p99 is 4.2 s\n\n    Since the deploy of 08:58\n');
    expect(mail.text).toContain('\nGrouped by: service=checkout\n');
    expect(mail.text).toContain('\nRunbook: https://wiki.example.com/checkout?a=1&b=2\n');
    expect(mail.text).toContain('\nOpened: 2026-11-02 09:00:00Z, 3 min ago\n');
    expect(mail.html).toContain(
      '<div dir="auto">p99 is 4.2 s</div><div><br></div><div dir="auto">Since the deploy of 08:58</div></div>',
    );
    expect(mail.html).toContain('<a href="https://wiki.example.com/checkout?a=1&amp;b=2">');
    expect(mail.html).toContain('service=checkout');
    expect(mail.html).toContain('3 min ago');
  });
  it('shows a runbook that is no address as text', () => {
    const { html } = page({ runbook: 'javascript:alert(1)' });
    expect(html).toContain('<bdi>javascript:alert(1)</bdi>');
    expect(html.match(/href="[^"]*"/g)).toHaveLength(2);
  });
  it('says when the next page goes out, with its day when that is not today', () => {
    const next = (dueAt: number) => page({ next: { step: 2, dueAt } });
    for (const body of [next(minutes(8)).text, next(minutes(8)).html])
      expect(body).toContain('If nobody acknowledges, the next page goes out at 09:08 UTC.');
    expect(next(minutes(24 * 60)).text).toContain('goes out on 2026-11-03 at 09:00 UTC.');
    expect(next(minutes(2)).text).toContain('goes out now.');
  });
  it('says on the last step that nobody else is paged', () => {
    const last = incidentAfter(opened(), {
      type: 'incident.escalated',
      occurredAt: minutes(2),
      data: { generation: 1, step: 1, level: 1, targets: [] },
    });
    for (const body of [page({}, { incident: last }).text, page({}, { incident: last }).html]) {
      expect(body).toContain('Nobody else will be paged after this.');
      expect(body).not.toContain('If nobody acknowledges');
    }
  });
  it('no line of what a sender wrote can pass for one of ours', () => {
    const { text } = page({
      title: 'Acknowledge: https://evil.example',
      description: 'x\r\rAcknowledge: https://evil.example',
    });
    expect(text.match(/^Acknowledge: .*$/gm)).toEqual([
      'Acknowledge: https://pages.example.com/respond/token',
    ]);
  });
  it('[F24] says when it may be the second', () => {
    const again = page({}, { possiblyAgain: true });
    expect(again.subject).toBe('[P1] INC-12 Checkout p99 high — step 1 (possibly again)');
    expect(again.text).toContain('You may have been told this already');
    expect(again.html).toContain('You may have been told this already');
    expect(page().text).not.toContain('already');
  });
  it('gives no text a colour of its own but on its button, since it is read on white and on black', () => {
    expect(page().html.match(/[;"]color:/g)).toHaveLength(1);
    expect(page().html).toMatch(/background:#b42318;color:#fff/);
  });
  it('needs no service', () => {
    const { incident } = { incident: triggered() };
    const { service: _, ...rest } = incident;
    expect(page({}, { incident: rest }).text).not.toContain('Service');
  });
});

const nasty = fc.oneof(
  anyText(60),
  fc.constantFrom(
    'x\r\nBcc: all@example.com',
    'x\u2028Bcc: a',
    '</title><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '\u202Eevil',
  ),
);

describe('whatever a title holds', () => {
  it('[F40] the subject stays one line', () => {
    fc.assert(
      fc.property(nasty, (title) => {
        expect(page({ title }).subject).toMatch(/^[^\p{Cc}\u2028\u2029]*$/u);
      }),
    );
  });
  it('the HTML has the same tags and attributes as for plain texts, but for lines', () => {
    const tags = (text: string) =>
      text.match(/<[^>]*>/g)?.filter((tag) => !/^<(div dir="auto"|div|\/div|br)>$/.test(tag));
    const written = (title: string, said: string, name: string) => {
      const correlation = { hash: 'h', rule: 'r', key: `title=${said}` };
      // A description without anything to see is left out.
      const description = `d${said}`;
      return page({ title, service: said, description, runbook: `r${said}`, correlation }, { name }).html;
    };
    const plain = tags(written('x', 'x', 'x'));
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, said, name) => {
        expect(tags(written(title, said, name))).toEqual(plain);
      }),
    );
  });
  it('nothing turns the direction of the text beside it', () => {
    expect(page({ title: 'a\u202Eb\u2066c' }).subject).toContain('INC-12 abc —');
  });
});
