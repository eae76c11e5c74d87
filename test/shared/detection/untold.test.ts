import { expect, it } from 'vitest';
import { cooledAt, remembering, untold } from '../../../shared/detection/cooldown.ts';
import type { Guard, Window } from '../../../shared/detection/index.ts';
import { idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { epoch } from '../../support/signals.ts';

const incident = idOf('incident', epoch, 'one');
const window: Window = {
  ...{ incident, generation: 1, from: epoch, severity: 'P2_HIGH' as const },
  ...{ pageAt: epoch + MINUTE, pageFor: 'P2_HIGH' as const },
};
const open: Guard = {
  hash: 'h',
  version: 1,
  grouping: 20 * MINUTE,
  cooldown: 120 * MINUTE,
  windows: [window],
};
const ended = (guard: Guard): Guard => ({
  ...guard,
  windows: guard.windows.map((one) => ({ ...one, to: epoch + 40 * MINUTE, closedAt: epoch + 40 * MINUTE })),
});
const next = (guard: Guard) => (cooledAt(guard, 'P2_HIGH', epoch + 60 * MINUTE) - epoch) / MINUTE;

it('a page that was sent holds the next one back', () => {
  expect(next(ended(open))).toBe(121);
  expect(next(ended(remembering(open, epoch + 30 * MINUTE)))).toBe(121);
});

it('one that was put off until its incident ended, of which nobody heard, holds none back', () => {
  expect(next(untold(ended(open), incident))).toBe(60);
  expect(next(untold(ended(remembering(open, epoch + 30 * MINUTE)), incident))).toBe(60);
});

it('what was paged before goes on to hold back', () => {
  const before = { ...open, pagedAt: epoch - 10 * MINUTE, pagedFor: 'P2_HIGH' as const };
  expect(next(untold(ended(before), incident))).toBe(110);
  expect(untold(before, idOf('incident', epoch, 'other'))).toBe(before);
});
