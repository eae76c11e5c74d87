import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PageMail, renderPage } from '../../../shared/on-call/index.ts';
import { anyText } from '../../support/any-text.ts';
import { triggered } from '../../support/given.ts';

const page = (data: Parameters<typeof triggered>[0] = {}, more: Partial<PageMail> = {}) =>
  renderPage({
    incident: triggered(data),
    step: 1,
    name: 'Ann',
    respondUrl: 'https://pages.example.com/respond/token',
    consoleUrl: 'https://console.example.com/incidents/inc_1',
    possiblyAgain: false,
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
  it('the HTML has the same tags and attributes as for a plain title', () => {
    const tags = (text: string) => text.match(/<[^>]*>/g);
    const plain = tags(page({ title: 'x', service: 'x' }, { name: 'x' }).html);
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, service, name) => {
        expect(tags(page({ title, service }, { name }).html)).toEqual(plain);
      }),
    );
  });
  it('nothing turns the direction of the text beside it', () => {
    expect(page({ title: 'a\u202Eb\u2066c' }).subject).toContain('INC-12 abc —');
  });
});
