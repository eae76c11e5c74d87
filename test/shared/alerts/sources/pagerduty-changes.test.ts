import { describe, expect, it } from 'vitest';
import { asChangeEvent, type SaidChange, sources } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';

const receipt = { receipt: 'req-1', receivedAt, integration };
const translate = (body: unknown) => sources['pagerduty-events'].translate(asChangeEvent(body), receipt);

function changeIn(body: unknown): SaidChange {
  const translation = translate(body);
  const [change] = 'refused' in translation ? [] : (translation.changes ?? []);
  if (change === undefined) throw new Error('a change event gives one change');
  return change;
}

describe('a change event', () => {
  it('is a change with its service, version, author and first link, and no alert', () => {
    expect(translate(fixture('pagerduty-events/change'))).toMatchObject({ signals: [] });
    const { key, ...change } = changeIn(fixture('pagerduty-events/change'));
    expect(change).toEqual({
      kind: 'deployment',
      title: 'Release 4.2.0 of the basket is out',
      at: Date.UTC(2026, 10, 19, 17, 20, 11, 250),
      service: 'basket',
      version: '4.2.0',
      by: 'noor',
      link: 'https://pipeline.example/runs/881',
    });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('[F5] with a time of its own has one key however often it is sent, and another when it says something else', () => {
    const body = fixture('pagerduty-events/change') as { payload: object };
    const { key } = changeIn(body);
    expect(changeIn(structuredClone(body)).key).toBe(key);
    expect(changeIn({ ...body, payload: { ...body.payload, summary: 'Another' } }).key).not.toBe(key);
    expect(changeIn({ payload: { summary: 'Without a time' } }).key).toBeUndefined();
  });

  it('is of the kind that its words speak of', () => {
    const of = (summary: string) => changeIn({ payload: { summary } }).kind;
    expect([
      of('Rolled back to 4.1'),
      of('Feature flag dark-mode on'),
      of('Configuration of nginx'),
      of('Scaled search to 12'),
      of('Meeting moved'),
    ]).toEqual(['deployment', 'feature-flag', 'configuration', 'infrastructure', 'other']);
  });

  it('[F7] of tomorrow happened when it was received', () => {
    expect(changeIn({ payload: { summary: 'x', timestamp: '2027-11-21T00:00:00Z' } }).at).toBe(receivedAt);
  });

  it('without a summary or a payload is refused in the words of PagerDuty', () => {
    expect(translate({})).toEqual({
      refused: { code: 'invalid', errors: ["'payload' is missing or blank"] },
    });
    expect(translate({ payload: { summary: ' ' } })).toEqual({
      refused: { code: 'invalid', errors: ["'payload.summary' is missing or blank"] },
    });
  });
});
