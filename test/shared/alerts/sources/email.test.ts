import { describe, expect, it } from 'vitest';
import { sources } from '../../../../shared/alerts/index.ts';
import { namedLines } from '../../../../shared/alerts/sources/email/lines.ts';
import { severityIn, subjectKey } from '../../../../shared/alerts/sources/email/subject.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const nagios = ['subject', 'nagios@mon.example.org', 'service db7/replication'];
const volume = ['subject', 'watch@nas.example.org', 'volume vol1 full'];

describeBodies('email', {
  rows: {
    'nagios-problem': [
      [
        'firing',
        nagios,
        '** PROBLEM Service Alert: db7/Replication is CRITICAL **',
        'P1_CRITICAL',
        'replication',
        '2026-11-20T08:40:00.000Z',
      ],
    ],
    'nagios-recovery': [
      [
        'resolved',
        nagios,
        '** RECOVERY Service Alert: db7/Replication is OK **',
        undefined,
        'replication',
        '2026-11-20T08:52:00.000Z',
      ],
    ],
    bracketed: [
      ['firing', volume, '[P2] Volume vol1 is 93% full', 'P2_HIGH', 'storage', '2026-11-20T07:00:00.000Z'],
    ],
    'bracketed-later': [
      [
        'resolved',
        volume,
        'Re: [RESOLVED] Volume vol1 is 61% full',
        undefined,
        'storage',
        '2026-11-20T07:30:00.000Z',
      ],
    ],
    'html-only': [
      [
        'firing',
        ['subject', 'ups@site.example.org', 'ups on battery & 40 % left'],
        'UPS on battery & 40 % left',
        'P2_HIGH',
        undefined,
        '2026-11-20T08:00:00.000Z',
      ],
    ],
    'own-key': [
      ['firing', ['key', 'export-nightly'], 'Export failed', 'P2_HIGH', 'export', received, 'clock'],
    ],
    'odd-nothing': [
      ['firing', ['subject', '7', ''], 'Alert without a name', undefined, undefined, received, 'clock'],
    ],
    'odd-out-of-office': [],
    'odd-bounce': [],
  },
});

describe('a mail', () => {
  it.each(['odd-out-of-office', 'odd-bounce'])('%s is no alert, and says why', (name) => {
    expect(translated('email', name).ignored).toMatch(/^The mail is /);
  });

  it('shows its text, its links, who sent it and the host', () => {
    const [signal] = translated('email', 'nagios-problem').signals;
    expect(signal?.description).toContain('Seconds_Behind_Master is 940');
    expect(signal?.labels).toEqual({ from: 'nagios@mon.example.org', host: 'db7' });
    expect(signal?.links).toEqual([
      { href: 'https://wiki.example.org/replication', text: 'Link in the mail' },
    ]);
  });

  it('of HTML alone is read as its words, without styles and marks', () => {
    const [signal] = translated('email', 'html-only').signals;
    expect(signal?.description).toBe('UPS on battery & 40 % left\nSeverity: high\nOpen');
  });

  it('[F11] of many unfinished marks is read in no time', () => {
    const began = performance.now();
    for (const html of [
      '<style>'.repeat(100_000),
      '<'.repeat(500_000),
      '<br '.repeat(200_000),
      '&amp'.repeat(200_000),
    ])
      sources.email.translate({ html, subject: html }, { receipt: 'r', receivedAt, integration });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('the state of a subject', () => {
  const stateFor = (subject: string, text = ''): string | undefined => {
    const translation = sources.email.translate(
      { from: 'mon@example.org', subject, text },
      { receipt: 'r', receivedAt, integration },
    );
    return 'signals' in translation ? translation.signals[0]?.state : undefined;
  };

  it.each([
    ...['Latency above normal on checkout', 'Follow up: CPU on db1 at 99%', 'Scale up limit reached on web'],
    ...['[ALERT] heap up to 95% on web1', 'Traffic spike, healthy hosts 0 of 3'],
    ...[
      'Please fix and close: disk full on db1',
      'Please acknowledge: disk full',
      '[green] Rollout is stuck',
    ],
    ...[
      'web1 is not OK',
      'PROBLEM: web1 is UP',
      '[Alert] Latency is up',
      'Latency is up: 900 ms',
      'Error rate is up',
    ],
    ...[
      'RECOVERY FAILED on db1',
      'Recovery time exceeded',
      '[FIRING:1] Resolved by hand: x',
      'Backup: wind-up',
    ],
    ...[
      '[FIRING:1, RESOLVED:2] x',
      'Normal: disk full',
      'Close: disk full',
      'up',
      '',
      'Monitor is DOWN: shop',
    ],
    ...[
      '** PROBLEM Host Alert: web1 is DOWN **',
      'Not resolved: x',
      'ALARM: "x-ok" in EU (Ireland)',
      '[[[[ok',
    ],
  ])('%j fires, since nothing stands there as a state of its end', (subject) => {
    expect(stateFor(subject)).toBe('firing');
  });

  it.each([
    ...[
      '[RESOLVED] InstanceDown (node web)',
      'Re: [OK] disk',
      'FW: Re: [UP] web1',
      '[RESOLVED:2] Problem: disk',
    ],
    ...['[CRITICAL] [RESOLVED] disk full', '[ALERT] RESOLVED: disk full', 'Disk full on db1 [Closed]'],
    ...['RECOVERY: web1 is UP', '** RECOVERY Host Alert: web1 is UP **', '*RESOLVED* disk full on db1'],
    ...[
      'Resolved: web1 is down',
      'Resolved in 5m 3s: agent on web1 is down',
      'OK: "db-down" in EU (Ireland)',
    ],
    ...['Resolved', 'OK - disk of db1', 'Recovered | backup failed', 'Monitor is UP: shop', 'web1 is up'],
    ...[
      'Host alert: web1 is UP!',
      'Problem with db1 is resolved',
      'Checkout has been fixed',
      'web1: OK (5 min)',
    ],
    ...['Latency is back to normal', 'Replication of db7 is now OK again.', 'Queue of mails - Cleared'],
  ])('%j is over', (subject) => {
    expect(stateFor(subject)).toBe('resolved');
  });

  it.each(['[Acknowledged] disk full', 'ACKNOWLEDGEMENT: web1 is DOWN', 'Disk of db1 is acknowledged'])(
    '%j is taken',
    (subject) => {
      expect(stateFor(subject)).toBe('acknowledged');
    },
  );

  it('is that of a line of the text where there is one', () => {
    expect(stateFor('Follow up', 'State: OK')).toBe('resolved');
    expect(stateFor('[RESOLVED] x', 'Status: CRITICAL')).toBe('firing');
  });
});

describe('the key of a subject', () => {
  it.each([
    ['PROBLEM: web1 is DOWN', 'RECOVERY: web1 is UP'],
    ['[FIRING:1] InstanceDown (node web)', '[RESOLVED] InstanceDown (node web)'],
    ['Problem: High CPU on web1', 'Resolved: High CPU on web1'],
    ['CPU of web1 at 97 %', 'AW: CPU of web1 at 12 % OK'],
  ])('of %j and %j is one', (one, other) => {
    expect(subjectKey(one)).toBe(subjectKey(other));
    expect(subjectKey(one)).not.toBe('');
  });

  it.each([
    ['web1 is DOWN', 'web2 is DOWN'],
    ['db7/Replication is CRITICAL', 'db7/Backup is CRITICAL'],
  ])('of %j and %j is not', (one, other) => {
    expect(subjectKey(one)).not.toBe(subjectKey(other));
  });
});

describe('the severity of a subject', () => {
  it.each([
    ['Disk CRITICAL on a', 'P1_CRITICAL'],
    ['warning, then critical', 'P1_CRITICAL'],
    ['[P4] slow', 'P4_LOW'],
    ['Error rate', 'P2_HIGH'],
    ['2 disks, 1 of them high up', 'P2_HIGH'],
    ['Nothing of it', undefined],
  ])('of %j is %s', (subject, severity) => {
    expect(severityIn(subject)).toBe(severity);
  });
});

describe('lines of a text', () => {
  it('are found by name, the first of each, also with = and before quotations only', () => {
    expect(namedLines('Severity: high\nseverity: low\nService Name = Shop \nHost name: h1\nx: y')).toEqual({
      ...{ severity: 'high', service: 'Shop', host: 'h1' },
    });
    expect(namedLines(`${'\n'.repeat(70)}Service: late`)).toEqual({});
  });
});
