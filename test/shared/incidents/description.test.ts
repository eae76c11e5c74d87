import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  descriptionLines,
  groupText,
  runbookAddress,
  viewIncident,
} from '../../../shared/incidents/index.ts';
import { given, incidentAfter, minutes, opened, triggered } from '../../support/given.ts';

const described = opened({ description: 'p99 is 4.2 s\nSince the deploy of 08:58' });
const said = { description: 'p99 is 4.2 s\nSince the deploy of 08:58' };

describe('what is said of an incident', () => {
  it('is what the alert or person that opened it said, whatever becomes of it', () => {
    given(described)
      .when({ do: 'acknowledge' })
      .thenState({ state: 'acknowledged', ...said });
    given(described).when({ do: 'rename', title: 'Checkout is slow' }).thenState(said);
    const resolve = { do: 'resolve', reason: 'person', at: minutes(5) } as const;
    given(described)
      .when(resolve)
      .thenState({ state: 'resolved', ...said });
    given(described, {
      type: 'incident.resolved',
      occurredAt: minutes(5),
      data: { generation: 1, reason: 'person' },
    })
      .when({ do: 'reopen', reason: 'person', at: minutes(9) })
      .thenState({ state: 'triggered', ...said });
  });
  it('is shown by the API, and absent when nothing was said', () => {
    expect(viewIncident(incidentAfter(described))).toMatchObject(said);
    expect(viewIncident(triggered())).not.toHaveProperty('description');
  });
  it('takes at most 500 bytes of the head', () => {
    const { description = '' } = triggered({ description: '語'.repeat(400) });
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(500);
    expect(description).toMatch(/^語{165}…$/);
  });
  it('is shown without the title that many senders put first once more', () => {
    const title = 'Checkout p99 high';
    expect(descriptionLines({ title, description: `${title}\r\n\nHost: web-7` })).toEqual(['Host: web-7']);
    expect(descriptionLines({ title, description: ` ${title} ` })).toEqual([]);
    expect(descriptionLines({ title, description: `${title} now` })).toEqual([`${title} now`]);
    expect(descriptionLines({ title })).toEqual([]);
  });
});

describe('why its alerts are one incident', () => {
  it('is the key in words, but not the digest of an alert without anything to group by', () => {
    const correlation = { hash: 'h', rule: 'default', key: 'service=checkout, label:region=eu' };
    expect(groupText(triggered({ correlation }))).toBe('service=checkout, label:region=eu');
    expect(groupText(triggered({ correlation: { ...correlation, key: 'alert=0f3a' } }))).toBeUndefined();
    expect(groupText(triggered())).toBeUndefined();
  });
});

/** A scheme and anything behind it: far cheaper than whole addresses, and more of them are odd. */
const addressed = fc
  .tuple(fc.constantFrom('http:', 'https://', 'HTTPS://a.example/', 'javascript:', '//'), fc.string())
  .map((parts) => parts.join(''));

describe('a runbook', () => {
  it('is an address only when a person can follow it', () => {
    expect(runbookAddress('https://wiki.example/checkout')).toBe('https://wiki.example/checkout');
    expect(runbookAddress('HTTP://wiki.example')).toBe('http://wiki.example/');
    for (const words of ['The page on checkout', 'javascript:alert(1)', 'https://', 'ftp://x.example', '/x'])
      expect(runbookAddress(words)).toBeUndefined();
    // It was clipped, so it leads nowhere.
    expect(runbookAddress('https://wiki.example/check…')).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(fc.string(), addressed), (text) => {
        expect(runbookAddress(text) ?? 'https://').toMatch(/^https?:\/\//);
      }),
    );
  });
});
