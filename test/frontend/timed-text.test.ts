import { expect, it } from 'vitest';
import { timedParts } from '../../frontend/time/timed-text.ts';

it('a sentence has its times apart, so that a page says all on one clock', () => {
  expect(timedParts('Step 2 is due at 2026-11-28 03:06:12 UTC, or 2026-11-28 03:07 UTC.')).toEqual([
    { from: 0, words: 'Step 2 is due at ' },
    { from: 17, at: '2026-11-28T03:06:12Z' },
    { from: 40, words: ', or ' },
    { from: 45, at: '2026-11-28T03:07Z' },
    { from: 65, words: '.' },
  ]);
  expect(timedParts('at 03:06 UTC')).toEqual([{ from: 0, words: 'at 03:06 UTC' }]);
});
