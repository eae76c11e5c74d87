import { beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '../environment.ts';
import type { Program } from '../program.ts';
import { theProgram } from '../simulate.ts';
import { ended, firing, type Said, scene, tenantOf } from './scenes.ts';
import { onlyIncident } from './seen.ts';
import { type Direction, stage } from './staged.ts';

let program: Program;

beforeAll(async () => {
  program = await theProgram();
});

const two = {
  ...{ id: 'two', name: 'Two', actions: { assignToTeam: 'ops' } },
  conditions: { threshold: 2, timeWindow: 180 },
};

/** The worker of the second message stands still before its n-th call until the worker of the third is done. */
function overtaken(number: number) {
  let slow: Environment | undefined;
  let calls = 0;
  let goOn: () => void = () => undefined;
  const direction: Direction = {
    atEvent: (environment, event) => {
      if (environment.name === 'Detect' && event === 2) slow = environment;
    },
    hold: (from) => {
      if (from !== slow || ++calls !== number) return undefined;
      return new Promise((resolve) => {
        goOn = resolve;
      });
    },
    atEnd: (environment) => {
      if (environment === slow) slow = undefined;
      else if (environment.name === 'Detect') goOn();
    },
  };
  return { direction, isMet: () => calls >= number };
}

/** One alert waits for others under a threshold, which two messages reach at once. */
const meeting = (...said: Parameters<typeof scene>[1]) =>
  scene(tenantOf({ rules: [two] }), [firing('a', 0), ...said, ended('b', 120), ended('c', 120)]);

const end = (at: number): Said => ended('a', at, { timestamp: 60 });
const b = (at: number): Said => firing('b', at, { timestamp: 61 });
const c = (at: number): Said => firing('c', at, { timestamp: 61 });

describe('[M14] an accepted end of an alert that waits for others is not lost', () => {
  it.each([
    ['the end comes with another alert and is overtaken by a third', meeting([b(62), end(62)], c(63))],
    ['the end alone is overtaken by another alert', meeting(end(62), [b(63), c(63)])],
    ['others are overtaken by the end', meeting([b(62), c(62)], end(63))],
  ])('when %s, before any call of its worker', async (_, scenario) => {
    let number = 1;
    for (let isMet = true; isMet; number++) {
      const { direction, isMet: met } = overtaken(number);
      const world = await stage(program, scenario, direction);
      expect(onlyIncident(world), `held before call ${number}`).toMatchObject({ state: 'resolved' });
      expect([...world.watch.books.heads.values()].map(({ resolves }) => resolves.length)).toEqual([1, 1, 1]);
      isMet = met();
    }
    expect(number).toBeGreaterThan(5);
  });
});
