import { beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../calls.ts';
import type { Program } from '../program.ts';
import { theProgram } from '../simulate.ts';
import { deed, ended, firing, scene, tenantOf } from './scenes.ts';
import { expectWhole, told } from './seen.ts';
import { type Direction, type StagedWorld, stage } from './staged.ts';

let program: Program;

beforeAll(async () => {
  program = await theProgram();
});

interface SentBatch {
  readonly Entries: readonly { readonly MessageBody: string }[];
}

/** Every message of every queue comes once more, so many seconds after it was sent. */
function twice(seconds: number): Required<Pick<Direction, 'atCall'>> {
  const seen = new Set<string>();
  const atCall = ({ operation, input }: Call, _: number, { queues }: StagedWorld): void => {
    if (operation !== 'SendMessageBatch') return;
    const { Entries } = input as SentBatch;
    const fresh = Entries.filter(({ MessageBody }) => !seen.has(MessageBody));
    if (fresh.length === 0) return;
    for (const { MessageBody } of fresh) seen.add(MessageBody);
    const again = fresh.map((entry) => ({ ...entry, DelaySeconds: seconds }));
    queues.call(operation, { ...(input as object), Entries: again });
  };
  return { atCall };
}

const outage = [firing('a', 0), ended('a', 300)];
const answer = deed('answer', 150);

/** After these times each copy comes: beside its message, behind its retry, after the answer, after the end. */
const delays = [0, 1, 10, 59, 61, 149, 151, 299, 301, 311, 600];

describe('[M14] what is said again pages nobody again', () => {
  it.each(delays)('each message of each queue once more after %i s', async (seconds) => {
    const world = await stage(program, scene(tenantOf(), outage, [answer]), twice(seconds));
    expectWhole(world);
  });

  it('also while Detect dies after any of its calls, and the copy comes beside the message', async () => {
    const scenario = scene(tenantOf(), outage, [answer]);
    let number = 1;
    for (let deaths = 1; deaths > 0; number++) {
      const death = (call: Call, n: number) =>
        call.from.name === 'Detect' && n === number ? ('after' as const) : undefined;
      const world = await stage(program, scenario, { death, ...twice(0) });
      deaths = world.deaths;
      expectWhole(world);
    }
    expect(number).toBeGreaterThan(30);
  });

  it.each([30, 149, 200, 299, 301, 311, 400, 1_500])(
    'the firing and the end, posted again by their sender at %i s',
    async (at) => {
      const again = [firing('a', at, { timestamp: 0 }), ended('a', at + 320, { timestamp: 300 })];
      const world = await stage(program, scene(tenantOf(), [...outage, ...again], [answer]));
      expectWhole(world);
      expect(told(world)['incident.reopened']).toBeUndefined();
    },
  );
});
