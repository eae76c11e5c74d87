import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../shared/incidents/index.ts';
import { linkPageHeaders, renderResponse } from '../../../shared/on-call/index.ts';
import { anyText } from '../../support/any-text.ts';
import { incidentAfter, minutes, opened, triggered } from '../../support/given.ts';

const acknowledgement = {
  type: 'incident.acknowledged',
  occurredAt: minutes(3),
  data: { generation: 1 },
} as const;
const acknowledged = incidentAfter(opened(), acknowledgement);
const resolved = incidentAfter(opened(), {
  type: 'incident.resolved',
  occurredAt: minutes(4),
  data: { generation: 1, reason: 'person' },
});
const question = (incident: Incident, name = 'Bob') =>
  renderResponse({ show: 'question', incident, name }, minutes(5));

describe('[F41] the page behind a link', () => {
  it('asks before it acts: a form that posts to its own address', () => {
    const page = question(triggered());
    expect(page).toContain('<form method="post"><button type="submit">Acknowledge as <bdi>Bob</bdi>');
    expect(page).toContain('INC-12');
    expect(page).toContain('P1');
    expect(page).toContain('triggered');
    expect(page).toContain('Checkout p99 high');
  });
  it('shows what the sender wrote, in lines, and what else is known, also after the answer', () => {
    const data = {
      description: 'p99 is 4.2 s\nSince 08:58',
      runbook: 'https://wiki.example.com/checkout',
      correlation: { hash: 'h', rule: 'default', key: 'service=checkout' },
    };
    const answered = incidentAfter(opened(data), acknowledgement);
    const outcome = renderResponse({ show: 'outcome', incident: answered, by: 'this-answer' }, minutes(5));
    for (const page of [question(triggered(data)), outcome]) {
      expect(page).toContain('<div dir="auto">p99 is 4.2 s</div><div dir="auto">Since 08:58</div></div>');
      expect(page).toContain('<dt>Service</dt><dd><bdi>checkout</bdi></dd>');
      expect(page).toContain('<dt>Grouped by</dt><dd><bdi>service=checkout</bdi></dd>');
      expect(page).toContain('<a href="https://wiki.example.com/checkout">');
      expect(page).toContain('2026-11-02 09:00:00Z, 5 min ago');
    }
  });
  it('says what happens if nobody answers', () => {
    const next = { step: 2, dueAt: minutes(7) };
    expect(question(triggered({ next }))).toContain('The next page goes out at 09:07 UTC.');
    const last = incidentAfter(opened({ severity: 'P5_INFO' }));
    expect(question(last)).toContain('Nobody else will be paged.');
  });
  it('shows no button when somebody was faster or it is over', () => {
    expect(question(acknowledged)).not.toContain('<form');
    expect(question(acknowledged)).toContain(
      'already acknowledged by <bdi>Ann</bdi> at 2026-11-02 09:03:00Z',
    );
    expect(question(resolved)).toContain('already resolved');
  });
  it('shows who acknowledged and when', () => {
    const page = renderResponse({ show: 'outcome', incident: acknowledged, by: 'this-answer' }, minutes(5));
    expect(page).toContain('It is acknowledged by <bdi>Ann</bdi> at 2026-11-02 09:03:00Z');
    expect(page).not.toContain('already');
  });
  it('tells a stranger nothing', () => {
    const page = renderResponse({ show: 'refused' }, minutes(5));
    expect(page).toContain('not valid');
    expect(page).not.toContain('INC-');
  });
  it('names the system when it was no person', () => {
    const incident = { ...acknowledged, acknowledgedBy: { kind: 'system', id: 'detection' } } as Incident;
    expect(question(incident)).toContain('acknowledged by <bdi>the system</bdi>');
  });
  it('needs nothing from elsewhere and runs nothing', () => {
    for (const page of [question(triggered()), renderResponse({ show: 'over' }, minutes(5))]) {
      expect(page).not.toMatch(/<script|https?:|src=|\son\w+=/);
    }
    const policy = linkPageHeaders['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });
  it('allows its own style by the hash of exactly that text', async () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(question(triggered()))?.[1] ?? '';
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(linkPageHeaders['content-security-policy']).toContain(
      `'sha256-${Buffer.from(hash).toString('base64')}'`,
    );
  });
  it('shows whatever a title, a description, a service or a name holds as text', () => {
    const tags = (text: string) =>
      text.match(/<[^>]*>/g)?.filter((tag) => !/^<(div dir="auto"|div|\/div|br)>$/.test(tag));
    const written = (title: string, said: string, name: string) =>
      question(triggered({ title, service: said, description: `d${said}`, runbook: `r${said}` }), name);
    const plain = tags(written('x', 'x', 'x'));
    const nasty = fc.oneof(
      anyText(),
      fc.constantFrom('</bdi><script>', '"><img src=x onerror=alert(1)>', '</style>'),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, said, name) => {
        expect(tags(written(title, said, name))).toEqual(plain);
      }),
    );
  });
});
