import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorse, severities, severityOf, worse } from '../../../shared/alerts/index.ts';
import { stateOf } from '../../../shared/alerts/state-words.ts';

describe('the severity that a word means', () => {
  it.each([
    [
      'P1_CRITICAL',
      ['critical', 'CRITICAL', 'page', 'P1', 'p1_critical', 1, '1', 'fatal', 'SEV-1', 'Disaster'],
    ],
    ['P1_CRITICAL', ['P0', 'p0 - outage', 'SEV0', 'sev-0', 'S0', 'S1', 'Highest', 'panic']],
    ['P2_HIGH', ['error', 'high', 'P2', 2, 'sev2', 'Major']],
    ['P3_MEDIUM', ['warning', 'medium', 'Warn', 'P3', 3, 'average']],
    ['P4_LOW', ['low', 'minor', 'P4', 4]],
    ['P5_INFO', ['info', 'none', 'P5', 5, 'Informational']],
    [
      undefined,
      ['', ' ', 'purple', 'constructor', '__proto__', 0, 6, null, undefined, {}, [], 'P12', Number.NaN],
    ],
  ] as const)('%s is meant by %j', (severity, words) => {
    for (const word of words) expect(severityOf(word)).toBe(severity);
  });

  it('is total, and each of our own words means itself', () => {
    fc.assert(fc.property(fc.anything(), (said) => [...severities, undefined].includes(severityOf(said))));
    for (const severity of severities) expect(severityOf(severity)).toBe(severity);
  });

  it('compares by urgency', () => {
    expect(worse('P3_MEDIUM', 'P1_CRITICAL')).toBe('P1_CRITICAL');
    expect(isWorse('P1_CRITICAL', 'P2_HIGH')).toBe(true);
    expect(isWorse('P2_HIGH', 'P2_HIGH')).toBe(false);
  });
});

describe('the state that a word means', () => {
  it.each([
    [
      'resolved',
      [
        'ok',
        'OK',
        'Resolved',
        'closed',
        'recovered',
        'up',
        'alert.resolve',
        'event-close',
        'StateResolved',
        'back to normal',
      ],
    ],
    ['acknowledged', ['ack', 'acknowledged', 'ALERT_ACK']],
    ['firing', ['firing', 'triggered', 'alerting', 'down', 'open', 'no_data alert', 'CRITICAL']],
    [
      undefined,
      [
        '',
        'update',
        'setup',
        'backup',
        'upstream',
        'token',
        'book',
        'disclosed',
        'enormal',
        200,
        null,
        {},
        true,
      ],
    ],
  ] as const)('%s is meant by %j', (state, words) => {
    for (const word of words) expect(stateOf(word)).toBe(state);
  });

  it('[M1] nothing resolves by letters inside a word', () => {
    for (const word of [
      'upstream_down',
      'backup_failed',
      'setup_failed',
      'update',
      'startup-error',
      'lookup timeout',
    ]) {
      expect(stateOf(word)).not.toBe('resolved');
    }
  });

  it('[M1] nothing resolves that is denied or contradicted', () => {
    for (const word of [
      'not ok',
      'not_resolved',
      'notResolved',
      'never recovered',
      'unresolved',
      'ok -> critical',
    ]) {
      expect(stateOf(word)).not.toBe('resolved');
    }
  });

  it('[M1] a word that holds a resolving word among other letters never resolves', () => {
    const inner = fc.constantFrom('ok', 'up', 'closed', 'resolved', 'clear', 'green', 'normal');
    const letters = fc.stringMatching(/^[a-z]{1,5}$/);
    const known = ['reopen', 'recovered'];
    fc.assert(
      fc.property(letters, inner, letters, (before, word, after) => {
        fc.pre(!known.includes(before + word + after));
        return stateOf(`${before}${word}${after}_x`) !== 'resolved';
      }),
    );
  });
});
