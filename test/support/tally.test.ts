import { describe, expect, it } from 'vitest';
import { said, tally } from './tally.ts';

describe('The tally of a run', () => {
  it('counts tests over all files', () => {
    const files = [
      { state: 'passed', tests: ['passed', 'passed', 'skipped'] },
      { state: 'failed', tests: ['passed', 'failed'] },
    ];
    expect(tally(files, 0)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts a file that could not be loaded as a failure', () =>
    expect(tally([{ state: 'failed', tests: [] }], 0)).toEqual({ passed: 0, failed: 1, skipped: 0 }));

  it('counts a file whose preparation failed, so that its tests did not run', () =>
    expect(tally([{ state: 'failed', tests: ['skipped', 'pending'] }], 0)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 2,
    }));

  it('counts an error that no test caught', () =>
    expect(tally([{ state: 'passed', tests: ['passed'] }], 2)).toEqual({ passed: 1, failed: 2, skipped: 0 }));

  it('is said in one line, with skipped tests only when there are any', () => {
    expect(said({ passed: 3, failed: 1, skipped: 0 })).toBe('3 passed, 1 failed');
    expect(said({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});
