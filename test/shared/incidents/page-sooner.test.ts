import { describe, it } from 'vitest';
import { given, minutes, opened } from '../../support/given.ts';

const heldUntil = (minute: number, heldBy?: string) =>
  opened({ next: { step: 1, dueAt: minutes(minute), ...(heldBy !== undefined && { heldBy }) } });

describe('a first page that is due later', () => {
  it.each([
    [12, 12],
    [3, 10],
  ])('comes when what it takes in would have paged (%d), at the earliest now', (pageAt, dueAt) => {
    const absorb = { do: 'absorb', from: 'inc_01ARZ3NDEKTSV4RRFFQ69G5FAV', reason: 'bridged' } as const;
    given(heldUntil(15))
      .when({ ...absorb, pageAt: minutes(pageAt) })
      .thenState({ next: { step: 1, dueAt: minutes(dueAt) } });
  });

  it('comes when an alert that joins pages by itself, but never later, nor while something keeps it back', () => {
    const pageBy = { do: 'page-by', pageAt: minutes(12) } as const;
    given(heldUntil(15))
      .when(pageBy)
      .thenState({ next: { step: 1, dueAt: minutes(12) } });
    given(heldUntil(11)).when(pageBy).thenNothing();
    given(heldUntil(15, 'mwn_1')).when(pageBy).thenNothing();
  });
});
