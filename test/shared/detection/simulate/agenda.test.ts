import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Agenda } from '../../../../shared/detection/simulate/agenda.ts';

it('an agenda hands out what is due by its time, then by the order in which it was planned', () => {
  const step = fc.record({
    at: fc.integer({ min: 0, max: 20 }),
    until: fc.option(fc.integer({ min: 0, max: 25 })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const agenda = new Agenda<number>();
      let waiting: { at: number; what: number }[] = [];
      for (const [what, { at, until }] of steps.entries()) {
        agenda.plan(at, what);
        waiting = [...waiting, { at, what }].toSorted((a, b) => a.at - b.at || a.what - b.what);
        if (until === null) continue;
        for (let next = agenda.take(until); next; next = agenda.take(until))
          expect(next).toMatchObject(waiting.shift() ?? {});
        expect(waiting.every((one) => one.at > until)).toBe(true);
      }
    }),
  );
});
