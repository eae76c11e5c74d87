import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { type SubscriberWorld, startSubscriberWorld } from '../../support/subscriber-world.ts';

let around: SubscriberWorld;
let page: string;

beforeAll(async () => {
  around = await startSubscriberWorld();
  // The first page stands at the root of the site; the others, below their names.
  await around.newPage();
});
afterAll(() => around.stop());
beforeEach(async () => {
  page = await around.newPage();
});

describe('the form of a status page', () => {
  const form = 'application/x-www-form-urlencoded';
  const submit = (fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields).toString();
    return around.open('POST', '/api/status/subscribe', {
      body,
      headers: { 'content-type': form, ...headers },
    });
  };
  const html = 'text/html; charset=utf-8';

  it('takes the form of the page and answers with a page that leads back', async () => {
    const answer = await submit({ email: 'ann@example.com', page });
    expect([answer.status, answer.headers['content-type']]).toEqual([202, html]);
    expect(answer.text).toContain('Look into your mailbox');
    expect(answer.text).toContain(`href="https://status.example.com/${page}/index.html"`);
  });

  it.each([
    ['not an address', 'Got “<bdi>not an address</bdi>”'],
    ['', 'No address was given'],
    ['"><script>x</script>', '&lt;script&gt;x&lt;/script&gt;'],
    [`${'a'.repeat(250)}@example.com`, 'of at most 254 characters'],
    ['a@example.com\nBcc: b@example.com', 'a@example.com Bcc: b@example.com'],
  ])(
    '[F82] answers a form with %j by a page that says what was got and what is taken',
    async (email, said) => {
      const answer = await submit({ email, page }, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
      expect([answer.status, answer.headers['content-type']]).toEqual([400, html]);
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      for (const part of [
        said,
        'such as name@example.com',
        `name="page" value="${page}"`,
        '<form method="post">',
      ])
        expect(answer.text).toContain(part);
      expect(answer.text).not.toContain('<script');
      expect(around.bodies()).toEqual([]);
    },
  );

  it('answers a form that is wrong elsewhere in words too', async () => {
    const nowhere = await submit({ email: 'ann@example.com', page: idOf('statusPage', 0, 'nowhere') });
    expect([nowhere.status, nowhere.text]).toEqual([
      404,
      expect.stringContaining('There is no such status page'),
    ]);
    const odd = await submit({ email: 'ann@example.com', page: '../x', more: '<b>' });
    expect([odd.status, odd.headers['content-type']]).toEqual([400, html]);
    expect(odd.text).toContain('href="https://status.example.com/"');
    const large = await submit({ email: 'x'.repeat(1_100_000) });
    expect([large.status, large.headers['content-type']]).toEqual([413, html]);
    const { table } = await import('../../../functions/aws/table.ts');
    vi.spyOn(table, 'get').mockRejectedValueOnce(new Error('secret of ours'));
    const ours = await submit({ email: 'ann@example.com', page });
    expect([ours.status, ours.text]).toEqual([500, expect.stringContaining('Try again in a minute')]);
    expect(ours.text).not.toContain('secret of ours');
  });

  it.each([
    ['application/json', 'text/html', '{"email":"x"}'],
    ['application/json', '*/*', 'nonsense'],
    [form, 'application/json', 'email=x'],
    ['text/plain', '*/*', 'email=x'],
  ])('answers programs that send %s and accept %s in JSON', async (type, accept, body) => {
    const headers = { 'content-type': type, accept };
    const answer = await around.open('POST', '/api/status/subscribe', { body, headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error.message).toEqual(expect.any(String));
  });
});
