import { beforeAll, describe, expect, it } from 'vitest';
import type { FunctionName } from '../../../shared/wiring/index.ts';
import type { Call } from '../calls.ts';
import type { Program } from '../program.ts';
import { theProgram } from '../simulate.ts';
import { deed, ended, firing, scene, tenantOf } from './scenes.ts';
import { expectWhole } from './seen.ts';
import { type StagedWorld, stage } from './staged.ts';

let program: Program;

beforeAll(async () => {
  program = await theProgram();
});

/** An alert, its page, the answer by the link of the mail, its end. */
const outage = scene(tenantOf(), [firing('a', 0), ended('a', 300)], [deed('answer', 150)]);

/** Plays the outage once for each call that a function makes in it, the environment dying there; gives how many those are. */
async function killAtEach(
  name: FunctionName,
  when: 'before' | 'after',
  check: (world: StagedWorld, fatal: Call) => void,
): Promise<number> {
  for (let number = 1; ; number++) {
    let fatal: Call | undefined;
    const death = (call: Call, n: number) => {
      if (call.from.name !== name || n !== number) return undefined;
      fatal = call;
      return when;
    };
    const world = await stage(program, outage, { death });
    if (fatal === undefined) return number - 1;
    expect(world.deaths).toBe(1);
    check(world, fatal);
  }
}

describe('[F23] each function killed before and after each of its calls: one whole incident, nothing half', () => {
  it('without any death it is one incident and one page', async () => {
    expectWhole(await stage(program, outage));
  });

  it.each([
    ['Receive', 'before', 4],
    ['Receive', 'after', 4],
    ['Detect', 'before', 20],
    ['Detect', 'after', 20],
    ['Escalate', 'before', 4],
    ['Escalate', 'after', 4],
    ['FanOut', 'before', 1],
    ['FanOut', 'after', 1],
  ] as const)('%s, %s each call: exactly one page', async (name, when, least) => {
    expect(await killAtEach(name, when, (world) => expectWhole(world))).toBeGreaterThanOrEqual(least);
  });

  it.each(['before', 'after'] as const)(
    'the link of a page, %s each call: one page and one answer',
    async (when) => {
      expect(await killAtEach('OnCall', when, (world) => expectWhole(world))).toBeGreaterThanOrEqual(4);
    },
  );

  it.each(['before', 'after'] as const)(
    'Deliver, %s each call: one page, or after its claim one more that is marked',
    async (when) => {
      const pages = new Set<string>();
      const check = (world: StagedWorld, fatal: Call) => {
        const isTaken = fatal.operation === 'SendEmail' && when === 'after';
        const first = world.watch.books.mails[0];
        const isMarked = fatal.operation === 'Put' || first?.possiblyAgain || isTaken;
        const more = world.watch.books.mails.length > 1 ? ['1 ann again'] : [];
        expectWhole(world, first?.possiblyAgain ? ['1 ann again'] : ['1 ann', ...more]);
        if (!isMarked) expect(more).toEqual([]);
        if (isTaken) expect(more).toEqual(['1 ann again']);
        pages.add(`${first?.possiblyAgain} ${more.length}`);
      };
      expect(await killAtEach('Deliver', when, check)).toBeGreaterThanOrEqual(4);
      expect(pages.size).toBe(3);
    },
  );
});
