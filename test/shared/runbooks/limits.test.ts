import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../shared/kernel/index.ts';
import { MOST_BYTES, refuseTooLarge, refuseTooMany, runbookSchema } from '../../../shared/runbooks/index.ts';
import { runbookOf, step } from './runs.ts';

const refused = (act: () => void): Refusal | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  return undefined;
};

describe('a runbook', () => {
  /** As long as the schema lets it be, with letters that take so many bytes. */
  const longest = (letter: string) =>
    Array.from({ length: 30 }, (_, at) =>
      step(`s${at}`, `http:POST|/x|{"a":"${letter.repeat(3_900)}"}`, { description: letter.repeat(2_000) }),
    );

  it('that the schema takes and the table does not is refused with its size', () => {
    const runbook = runbookOf(longest('漢'));
    expect(runbookSchema.safeParse(runbook).success).toBe(true);
    expect(refused(() => refuseTooLarge(runbook))).toMatchObject({
      code: 'too_large',
      message: expect.stringMatching(/^The runbook has 5\d{5} bytes; at most 307200 are kept\. Shorten/),
    });
  });

  it('that fits is taken', () => {
    const runbook = runbookOf(longest('a'));
    expect(Buffer.byteLength(JSON.stringify(runbook))).toBeLessThan(MOST_BYTES);
    expect(refused(() => refuseTooLarge(runbook))).toBeUndefined();
  });

  it('is refused where there are 500 others', () => {
    expect(refused(() => refuseTooMany(499))).toBeUndefined();
    expect(refused(() => refuseTooMany(500))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('at most 500 are kept'),
    });
  });
});
