import { beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../../shared/kernel/index.ts';
import type { Change, Program } from '../program.ts';
import { play, RATE, roomProgram, type Talk, type Talked } from './talk.ts';

/** What a room may take of the calls to connections that it shares with the webhooks, in any second. */
const BUDGET = 3_000;

const PEOPLE = 500;

/** As long as a message may be, of letters that take two bytes: pasted logs and long explanations. */
const long = 'ж'.repeat(2_000);

let program: Program;
beforeAll(async () => {
  program = await roomProgram();
});

/** Those whose log is not the one that is stored. */
const astray = ({ crowd, log }: Talked): readonly string[] => {
  const whole = log.map(({ id }) => id).join();
  return crowd.members
    .filter(({ client }) => client.facts.map(({ id }) => id).join() !== whole)
    .map(({ name }) => name);
};

/** Nobody misses anything, and each message is there once. */
function expectWhole(talked: Talked, talk: Talk): void {
  const { log } = talked;
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
  expect(log.filter(({ type }) => type === 'room.said')).toHaveLength((talk.talking / SECOND) * RATE);
  expect(talked.crowd.members.flatMap(({ client }) => client.outbox)).toEqual([]);
  expect(astray(talked)).toEqual([]);
}

describe(`${PEOPLE} people in a room at ${RATE} messages a second, with a storm beside them`, {
  timeout: 180_000,
}, () => {
  it(`never take over ${BUDGET} calls a second, and all have the same log in the end`, async () => {
    const talk = { people: PEOPLE, arriving: 5 * SECOND, talking: 3 * SECOND };
    const talked = await play(program, talk);
    expectWhole(talked, talk);
    expect(talked.crowd.gateway.busiest()).toBeLessThanOrEqual(BUDGET);
    // Each of them was told four times a second: there is something to be limited.
    expect(talked.calls / 3).toBeGreaterThan(1_900);
    expect(talked.log.filter(({ type }) => type === 'alerts.changed').length).toBeGreaterThan(30);
  });

  it.each([
    ['AWS says so', true, PEOPLE],
    // Half of them go the same way, in a quarter of the time.
    ['nobody says so', false, PEOPLE / 2],
  ])(
    'nor when all are cut off at once, %s, frames are lost and messages are long',
    async (_, isTold, people) => {
      const talk = {
        ...{ people, arriving: 2 * SECOND, talking: 2 * SECOND, texts: ['Yes', long, long] },
        ...{ refused: 1, cut: { after: SECOND, isTold } },
      };
      const talked = await play(program, talk);
      expectWhole(talked, talk);
      expect(talked.crowd.gateway.busiest()).toBeLessThanOrEqual(BUDGET);
    },
  );
});

describe('what the show of a crowd notices', { timeout: 180_000 }, () => {
  const brief = { people: 300, arriving: 3 * SECOND, talking: SECOND, rest: 0 };
  const budget = 'shared/war-room/budget.ts';
  const planted: readonly (readonly [string, Change, Talk])[] = [
    [
      'messages are pushed whatever it costs',
      { file: budget, from: 'CALLS = 1_000', to: 'CALLS = 1e9' },
      brief,
    ],
    [
      'the reader of the stream tells everything at once',
      { file: budget, from: 'Math.max(SECOND / 4, Math.ceil((connections / TOLD) * SECOND))', to: '1' },
      brief,
    ],
    [
      'who comes is told in large rooms too',
      { file: budget, from: 'MOST_TOLD = 32', to: 'MOST_TOLD = 1_000' },
      { people: 150, arriving: SECOND, talking: 0, rest: 0 },
    ],
  ];

  it.each(planted)('%s: over the budget', async (_, change, talk) => {
    const { crowd } = await play(await roomProgram([change]), talk);
    expect(crowd.gateway.busiest()).toBeGreaterThan(BUDGET);
  });

  it('an answer that leaves out a fact: somebody misses it', async () => {
    const from = 'readFacts(ctx.org, incident, { after,';
    const change = {
      file: 'functions/war-room/join.ts',
      from,
      to: 'readFacts(ctx.org, incident, { after: after + 1,',
    };
    const talk = { people: 20, arriving: SECOND, talking: SECOND, refused: 5 };
    expect(astray(await play(await roomProgram([change]), talk))).not.toEqual([]);
  });

  it('one talk is played the same each time', async () => {
    const talk = { people: 30, arriving: SECOND, talking: SECOND, refused: 5 };
    const [first, second] = [await play(program, talk), await play(program, talk)];
    expect(second.crowd.gateway.calls).toEqual(first.crowd.gateway.calls);
    expect(second.log).toEqual(first.log);
  });
});
