import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { MINUTE, toText } from '../../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const lags = ['alertname', 'ReplicaLags', 'cluster', 'north', 'job', 'orders', 'severity', 'critical'];

describeBodies('alertmanager-api', {
  rows: {
    firing: [
      ['firing', ['labels', ...lags], 'ReplicaLags', 'P1_CRITICAL', 'orders', '2026-11-20T08:51:12.500Z'],
    ],
    resolved: [
      ['resolved', ['labels', ...lags], 'ReplicaLags', 'P1_CRITICAL', 'orders', '2026-11-20T08:58:42.500Z'],
    ],
    'without-times': [
      [
        'firing',
        ['labels', 'alertname', 'ByHand', 'service', 'basket', 'severity', 'warning'],
        'ByHand',
        'P3_MEDIUM',
        'basket',
        received,
        'timeout',
      ],
    ],
    'odd-some-invalid': [
      [
        'firing',
        ['labels', 'alertname', 'Fine', 'service', 'basket'],
        'Fine',
        undefined,
        'basket',
        '2026-11-20T08:55:00.000Z',
        'timeout',
      ],
    ],
  },
});

const receipt = { receipt: 'req-1', receivedAt, integration };

function only(alert: object, at = receivedAt): Signal {
  const translation = sources['alertmanager-api'].translate([alert], { ...receipt, receivedAt: at });
  const [signal] = 'refused' in translation ? [] : translation.signals;
  if (signal === undefined) throw new Error('the alert is taken');
  return signal;
}

const labels = { alertname: 'A' };
const ago = (minutes: number) => toText(receivedAt - minutes * MINUTE);

describe('the times of an alert', () => {
  it('fires until its end while that is ahead, and has ended when it is not', () => {
    const alert = { labels, startsAt: ago(10), endsAt: toText(receivedAt + 4 * MINUTE) };
    expect(only(alert)).toMatchObject({ state: 'firing', until: receivedAt + 4 * MINUTE, flags: [] });
    const later = only(alert, receivedAt + 5 * MINUTE);
    expect([later.state, later.at, later.until]).toEqual(['resolved', receivedAt + 4 * MINUTE, undefined]);
  });

  it('without an end times out five minutes after it was told', () => {
    expect(only({ labels, startsAt: ago(1) })).toMatchObject({
      at: receivedAt - MINUTE,
      until: receivedAt + 5 * MINUTE,
      flags: ['timeout'],
    });
    expect(only({ labels, endsAt: '0001-01-01T00:00:00Z' }).until).toBe(receivedAt + 5 * MINUTE);
  });

  it('with nothing but an end in the past began and ended then', () => {
    expect(only({ labels, endsAt: ago(3) })).toMatchObject({
      state: 'resolved',
      at: receivedAt - 3 * MINUTE,
    });
  });

  it('[F7] with an end in the far future goes on until it is resolved', () => {
    const signal = only({ labels, startsAt: ago(1), endsAt: '9999-01-01T00:00:00Z' });
    expect([signal.state, signal.until]).toEqual(['firing', undefined]);
  });
});

describe('a list', () => {
  it('of which some are wrong says which and why, and gives the others', () => {
    const { signals, faults } = translated('alertmanager-api', 'odd-some-invalid');
    expect(signals).toHaveLength(1);
    expect(faults).toEqual([
      'alert 1: at least one label pair required',
      'alert 2: start time must be before end time',
      'alert 3: startsAt is not a time in RFC 3339',
      'alert 4: not an object with labels',
    ]);
  });

  it('says the same alert with and without its empty labels', () => {
    const [first, second] = ['firing', 'resolved'].map(
      (name) => translated('alertmanager-api', name).signals[0]?.fingerprint,
    );
    expect(first).toBe(second);
  });

  it('[F11] of more than 2,000 is refused with what to do', () => {
    const many = Array.from({ length: 2_001 }, () => ({ labels }));
    expect(sources['alertmanager-api'].translate(many, receipt)).toMatchObject({
      refused: { code: 'too_large' },
    });
  });
});

describe('what is no list', () => {
  it('is one alert when it has labels, a group when it is a notification, and else kept and marked', () => {
    expect(sources['alertmanager-api'].translate({ labels, startsAt: ago(1) }, receipt)).toMatchObject({
      signals: [{ title: 'A', until: receivedAt + 5 * MINUTE }],
    });
    const group = sources['alertmanager-api'].translate(fixture('alertmanager/two-firing'), receipt);
    expect('signals' in group && group.signals).toHaveLength(2);
    expect(sources['alertmanager-api'].translate({ hello: 1 }, receipt)).toMatchObject({
      signals: [{ flags: expect.arrayContaining(['generic']) }],
    });
  });
});
