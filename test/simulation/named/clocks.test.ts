import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import type { FunctionName } from '../../../shared/wiring/index.ts';
import type { Environment } from '../environment.ts';
import type { Program } from '../program.ts';
import { theProgram } from '../simulate.ts';
import { firing, scene, tenantOf } from './scenes.ts';
import { mailed, onlyIncident } from './seen.ts';
import { type Direction, type StagedWorld, stage } from './staged.ts';

const DELAY = 1_200;
const wrong = [10 * MINUTE, -10 * MINUTE];

let program: Program;

beforeAll(async () => {
  program = await theProgram();
});

/** Nobody answers: everybody is paged, one after another. */
const unanswered = scene(tenantOf({ levels: [['ann'], ['bob'], ['ann']], delay: DELAY }), [firing('a', 0)]);

/** When each step was to be taken, as it was stored before. */
function dueTimes(world: StagedWorld): readonly number[] {
  const due = new Map<number, number>();
  for (const { after } of world.table.changes(0)) {
    const next = after?.kind === 'incident' && (after.next as { step: number; dueAt: number } | undefined);
    if (next) due.set(next.step, next.dueAt);
  }
  return [...due.entries()].sort(([a], [b]) => a - b).map(([, dueAt]) => dueAt);
}

function expectEachStepOnce(world: StagedWorld): void {
  expect(mailed(world)).toEqual(['1 ann', '2 bob', '3 ann']);
  const [first = 0, ...later] = dueTimes(world);
  expect(later.slice(0, 2)).toEqual([first + DELAY * SECOND, first + 2 * DELAY * SECOND]);
  expect(onlyIncident(world)).toMatchObject({ state: 'triggered', step: 3 });
}

/** The clock of a function is wrong by so much from its n-th event or call on, for so many of them. */
function wrongFrom(what: 'atEvent' | 'atCall', name: FunctionName, by: number, from: number, length: number) {
  let met = 0;
  const turn = (environment: Environment, number: number): void => {
    if (environment.name !== name) return;
    met = Math.max(met, number);
    Object.assign(environment, { skew: number >= from && number < from + length ? by : 0 });
  };
  const direction: Direction =
    what === 'atEvent' ? { atEvent: turn } : { atCall: (call, number) => turn(call.from, number) };
  return { direction, met: () => met };
}

const FOREVER = Number.POSITIVE_INFINITY;

describe('[F28] a clock that is wrong by ten minutes: each step by its stored due time, none twice, none skipped', () => {
  it.each([
    ['Escalate', 3],
    ['Deliver', 3],
    ['FanOut', 3],
    ['Sweep', 4],
    ['Detect', 1],
  ] as const)('that of %s jumps ahead or back before any of its events, for good', async (name, least) => {
    for (const by of wrong) {
      let from = 1;
      for (let met = 1; from <= met; from++) {
        const jump = wrongFrom('atEvent', name, by, from, FOREVER);
        expectEachStepOnce(await stage(program, unanswered, jump.direction));
        met = jump.met();
      }
      expect(from).toBeGreaterThan(least);
    }
  });

  it('and those of all that escalate are wrong all the time', async () => {
    const all: ReadonlySet<string> = new Set(['Escalate', 'Deliver', 'FanOut', 'Sweep']);
    for (const by of wrong) {
      const atEvent: Direction['atEvent'] = (environment) => {
        if (all.has(environment.name)) Object.assign(environment, { skew: by });
      };
      expectEachStepOnce(await stage(program, unanswered, { atEvent }));
    }
  });

  // Escalate looks at its clock once for each message, so one that is set back later cannot be told from a step that is early.
  it.each([
    ['Escalate', wrong.slice(0, 1)],
    ['Deliver', wrong],
  ] as const)(
    'that of %s jumps in the middle of its work, and back at the next call',
    async (name, jumps) => {
      for (const by of jumps) {
        let from = 1;
        for (let met = 1; from <= met; from++) {
          const jump = wrongFrom('atCall', name, by, from, 1);
          expectEachStepOnce(await stage(program, unanswered, jump.direction));
          met = jump.met();
        }
        expect(from).toBeGreaterThan(10);
      }
    },
  );
});
