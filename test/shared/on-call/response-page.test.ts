import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../shared/incidents/index.ts';
import { renderResponse, responseHeaders } from '../../../shared/on-call/index.ts';
import { anyText } from '../../support/any-text.ts';
import { incidentAfter, minutes, opened, triggered } from '../../support/given.ts';

const acknowledged = incidentAfter(opened(), {
  type: 'incident.acknowledged',
  occurredAt: minutes(3),
  data: { generation: 1 },
});
const resolved = incidentAfter(opened(), {
  type: 'incident.resolved',
  occurredAt: minutes(4),
  data: { generation: 1, reason: 'person' },
});
const question = (incident: Incident, name = 'Bob') => renderResponse({ show: 'question', incident, name });

describe('[F41] the page behind a link', () => {
  it('asks before it acts: a form that posts to its own address', () => {
    const page = question(triggered());
    expect(page).toContain('<form method="post"><button type="submit">Acknowledge as <bdi>Bob</bdi>');
    expect(page).toContain('INC-12');
    expect(page).toContain('P1');
    expect(page).toContain('triggered');
    expect(page).toContain('Checkout p99 high');
  });
  it('shows no button when somebody was faster or it is over', () => {
    expect(question(acknowledged)).not.toContain('<form');
    expect(question(acknowledged)).toContain(
      'already acknowledged by <bdi>Ann</bdi> at 2026-11-02 09:03:00Z',
    );
    expect(question(resolved)).toContain('already resolved');
  });
  it('shows who acknowledged and when', () => {
    const page = renderResponse({ show: 'outcome', incident: acknowledged, by: 'this-answer' });
    expect(page).toContain('It is acknowledged by <bdi>Ann</bdi> at 2026-11-02 09:03:00Z');
    expect(page).not.toContain('already');
  });
  it('tells a stranger nothing', () => {
    const page = renderResponse({ show: 'refused' });
    expect(page).toContain('not valid');
    expect(page).not.toContain('INC-');
  });
  it('names the system when it was no person', () => {
    const incident = { ...acknowledged, acknowledgedBy: { kind: 'system', id: 'detection' } } as Incident;
    expect(question(incident)).toContain('acknowledged by <bdi>the system</bdi>');
  });
  it('needs nothing from elsewhere and runs nothing', () => {
    for (const page of [question(triggered()), renderResponse({ show: 'over' })]) {
      expect(page).not.toMatch(/<script|https?:|src=|\son\w+=/);
    }
    const policy = responseHeaders['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });
  it('allows its own style by the hash of exactly that text', async () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(question(triggered()))?.[1] ?? '';
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(responseHeaders['content-security-policy']).toContain(
      `'sha256-${Buffer.from(hash).toString('base64')}'`,
    );
  });
  it('shows whatever a title, a service or a name holds as text', () => {
    const tags = (text: string) => text.match(/<[^>]*>/g);
    const plain = tags(question(triggered({ title: 'x', service: 'x' }), 'x'));
    const nasty = fc.oneof(
      anyText(),
      fc.constantFrom('</bdi><script>', '"><img src=x onerror=alert(1)>', '</style>'),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, service, name) => {
        expect(tags(question(triggered({ title, service }), name))).toEqual(plain);
      }),
    );
  });
});
