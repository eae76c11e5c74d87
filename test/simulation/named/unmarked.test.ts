import { beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../calls.ts';
import type { Program } from '../program.ts';
import { theProgram } from '../simulate.ts';
import { deed, ended, firing, scene, tenantOf } from './scenes.ts';
import { expectWhole } from './seen.ts';
import { stage } from './staged.ts';

let program: Program;

beforeAll(async () => {
  program = await theProgram();
});

const outage = scene(tenantOf(), [firing('a', 0), ended('a', 1_000)], [deed('answer', 800)]);

/** The fatal call of each of the first workers who come so far. */
function eachDies(times: number, when: 'before' | 'after', isFatal: (call: Call) => boolean) {
  let left = times;
  return (call: Call) => {
    if (call.from.name !== 'Deliver' || left === 0 || !isFatal(call)) return undefined;
    left--;
    return when;
  };
}

const isMail = ({ operation }: Call): boolean => operation === 'SendEmail';

/** The write of what became of a page. */
const isMark = ({ operation, input }: Call): boolean =>
  operation === 'Put' && (input as { readonly Item?: { readonly state?: string } }).Item?.state === 'sent';

describe('[F24] a worker that dies between the acceptance of a mail and its mark', () => {
  it.each([1, 2, 3, 4])(
    '%i times: one mail for each, all but the first marked possibly again',
    async (times) => {
      for (const death of [eachDies(times, 'after', isMail), eachDies(times, 'before', isMark)]) {
        const world = await stage(program, outage, { death });
        expect(world.deaths).toBe(times);
        expectWhole(world, ['1 ann', ...Array.from({ length: times }, () => '1 ann again')]);
      }
    },
  );

  it('just after the mark: the next worker finds it and sends nothing', async () => {
    const world = await stage(program, outage, { death: eachDies(1, 'after', isMark) });
    expect(world.deaths).toBe(1);
    expectWhole(world);
  });

  it('just before the mail, which it had claimed: the one mail says that it may be the second', async () => {
    const world = await stage(program, outage, { death: eachDies(1, 'before', isMail) });
    expect(world.deaths).toBe(1);
    expectWhole(world, ['1 ann again']);
  });
});
