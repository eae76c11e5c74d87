import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import {
  afterFailure,
  afterSuccess,
  beginTrial,
  FAILURES,
  type ProviderHealth,
  providerOf,
  ROW,
  standingOf,
  TRIAL,
} from '../../../shared/on-call/index.ts';
import { T0 } from '../../support/given.ts';

const failedTimes = (times: number, apart = SECOND): ProviderHealth | undefined => {
  let health: ProviderHealth | undefined;
  for (let i = 0; i < times; i++) health = afterFailure(health, T0 + i * apart);
  return health;
};

describe('[C10] [F38] a provider of pages', () => {
  it('of webhooks and of Microsoft Teams is a host, of anything else the channel', () => {
    expect(providerOf('slack', 'U012AB3CD')).toBe('slack');
    expect(providerOf('webhook', 'https://x.example.com:8443/a?b')).toBe('webhook x.example.com:8443');
    expect(providerOf('teams', 'https://x.example.com/a')).toBe('teams x.example.com');
    expect(providerOf('webhook', undefined)).toBe('webhook');
  });
  it('is known to be down after three failures in a row, and up before', () => {
    expect(standingOf(undefined, T0)).toBe('up');
    expect(standingOf(failedTimes(FAILURES - 1), T0)).toBe('up');
    expect(standingOf(failedTimes(FAILURES), T0 + FAILURES * SECOND)).toBe('down');
    expect(standingOf(failedTimes(FAILURES * 2, ROW + 1), T0 + HOUR)).toBe('up');
  });
  it('is not so when it worked in between', () => {
    const worked = afterSuccess(failedTimes(FAILURES - 1), T0);
    expect(worked).toMatchObject({ version: FAILURES, failures: 0 });
    expect(standingOf(afterFailure(worked, T0), T0)).toBe('up');
    expect(afterSuccess(worked, T0)).toBeUndefined();
    expect(afterSuccess(undefined, T0)).toBeUndefined();
  });
  it('is tried by one page after half a minute, while the others go on sparing it', () => {
    const down = afterFailure(failedTimes(FAILURES - 1, 0), T0);
    expect(standingOf(down, T0 + 30 * SECOND - 1)).toBe('down');
    expect(standingOf(down, T0 + 30 * SECOND)).toBe('try');
    const trial = beginTrial(down, T0 + 30 * SECOND);
    expect(standingOf(trial, T0 + 30 * SECOND + TRIAL - 1)).toBe('down');
    expect(standingOf(trial, T0 + 30 * SECOND + TRIAL)).toBe('try');
  });
  it('is up as soon as any page is taken by it', () => {
    const worked = afterSuccess(failedTimes(FAILURES + 5), T0 + MINUTE);
    expect(standingOf(worked, T0 + MINUTE)).toBe('up');
  });

  const event = fc.record({
    after: fc.integer({ min: 0, max: 5 * MINUTE }),
    what: fc.constantFrom('failed', 'worked', 'tried'),
  });
  it('is never spared for more than two minutes without a page that finds out, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let health: ProviderHealth | undefined;
        let now: Instant = T0;
        for (const { after, what } of events) {
          now += after;
          const before = health?.version ?? 0;
          if (what === 'failed') health = afterFailure(health, now);
          else if (what === 'worked') health = afterSuccess(health, now) ?? health;
          else if (health && standingOf(health, now) === 'try') health = beginTrial(health, now);
          expect([before, before + 1]).toContain(health?.version ?? 0);
          expect(standingOf(health, now + 2 * MINUTE)).not.toBe('down');
          if (what === 'worked') expect(standingOf(health, now)).toBe('up');
        }
      }),
    );
  });
});
