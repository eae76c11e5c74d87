import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';
import { functions } from '../../shared/wiring/index.ts';
import { bundlesOf } from '../bench/bundles.ts';
import { type Round, Rounds } from '../bench/rounds.ts';
import { type Counted, total } from '../costs/counter.ts';
import { readCounts } from '../costs/counts.ts';
import { type Chain, chains, countScenarios, type Scenarios, scenarioNames } from '../costs/scenarios.ts';
import { alertmanagerBody } from '../support/alertmanager.ts';
import { type App, startApp } from '../support/app.ts';

describe('an alert that opens an incident', () => {
  const rounds = new Rounds('Detect');
  let app: App;
  beforeAll(async () => {
    app = await startApp({ watched: false, faults: rounds.faults });
    // A new environment knows no rules and has no numbers.
    await roundsOf('warm', 10);
  });
  afterAll(() => app.stop());

  async function roundsOf(name: string, count: number): Promise<readonly Round[]> {
    rounds.take();
    const startsAt = new Date(app.system.clock.now()).toISOString();
    const alerts = Array.from({ length: count }, (_, i) => ({
      labels: { alertname: 'InstanceDown', severity: 'critical', service: `${name}-${i}` },
      startsAt,
    }));
    await app.send('alertmanager', alertmanagerBody(alerts));
    return rounds.take();
  }

  /** A machine that stands still for a moment can make it more rounds, and nothing can make it fewer. */
  async function fewest(name: string, count: number, enough: number): Promise<readonly Round[]> {
    let best = await roundsOf(`${name}-0`, count);
    for (let i = 1; i < 8 && best.length > enough; i++) {
      const again = await roundsOf(`${name}-${i}`, count);
      if (again.length < best.length) best = again;
    }
    return best;
  }

  /** What may as well come in another round: keeping the signals, which nothing waits for, and the next block of numbers. */
  const beside = ['PutItem', 'UpdateItem'];
  const without = (round: Round = []) => round.filter((call) => !beside.includes(call));

  /** The first signals of a minute also ask for their counting, in the same round. */
  const sending = /^(2 )?SendMessageBatch$/;

  it('waits for three calls one after another: load, record, send', async () => {
    const [load, record, send, ...more] = await fewest('batch-1', 1, 3);
    expect(more).toEqual([]);
    expect(without(load)).toEqual(['BatchGetItem']);
    expect(without(record)).toEqual(['TransactWriteItems']);
    expect(without(send).join()).toMatch(sending);
  });

  it('beside nine others for one more: what may be a storm is counted before it opens', async () => {
    const [load, count, record, send, ...more] = await fewest('batch-10', 10, 4);
    expect(more).toEqual([]);
    expect(without(load)).toEqual(['BatchGetItem']);
    expect(count).toEqual(['UpdateItem']);
    expect(without(record)).toEqual(['10 TransactWriteItems']);
    expect(without(send).join()).toMatch(sending);
  });
});

describe('the bench of starts', () => {
  it('measures the bundle of every function', () => {
    expect(new Set(bundlesOf(localAssembly).map(({ name }) => name))).toEqual(
      new Set(Object.keys(functions)),
    );
  });
});

describe('what is counted for docs/costs.md', () => {
  const written = readCounts();
  const all = Object.keys(chains) as Chain[];
  const again = new Map<string, ReturnType<typeof countScenarios>>();
  let first: Awaited<ReturnType<typeof countScenarios>>;
  beforeAll(async () => {
    first = await countScenarios(localAssembly, 2, all);
  }, 180_000);
  /** Once more, only what belongs to it. */
  const count = (chain: Chain, i: number) => {
    const key = `${chain} ${i}`;
    const counted = again.get(key) ?? countScenarios(localAssembly, 2, [chain]);
    again.set(key, counted);
    return counted;
  };

  /** Nearly as much: batches fall a little differently each time, and blocks of numbers are shared by more or fewer. */
  const isNear = (a: number, b: number) => Math.abs(a - b) <= Math.max(0.15 * Math.max(a, b), 0.25);
  const amountsOf = (counted: Counted) => {
    const works = Object.values(counted);
    const sumOf = (of: (work: (typeof works)[number]) => number) =>
      works.reduce((all, work) => all + of(work), 0);
    return {
      invocations: sumOf(({ invocations }) => invocations),
      calls: sumOf(({ calls }) => total(calls)),
      writeUnits: sumOf(({ writes }) => total(writes)),
      readUnits: sumOf(({ reads }) => total(reads)),
      queueRequests: sumOf(({ queueRequests }) => queueRequests),
    };
  };
  const farFrom = (name: keyof Scenarios, counted: Partial<Scenarios>) => {
    const was: Readonly<Record<string, number>> = amountsOf(written.scenarios[name]);
    const is = amountsOf(counted[name] ?? expect.fail(`${name} was not counted`));
    return Object.entries(is).filter(([what, amount]) => !isNear(amount, was[what] ?? 0));
  };

  /** How much comes in one batch is also a matter of how quickly this machine sends: what has changed is far however often it is counted. */
  async function changed(chain: Chain, name: keyof Scenarios) {
    let far = farFrom(name, first);
    for (let i = 1; i < 8 && far.length > 0; i++) {
      const still = new Set(farFrom(name, await count(chain, i)).map(([what]) => what));
      far = far.filter(([what]) => still.has(what));
    }
    return far;
  }

  const each = all.flatMap((chain) => chains[chain].map((name) => ({ chain, name })));
  it('is every scenario once', () => {
    expect(each.map(({ name }) => name).sort()).toEqual(Object.keys(scenarioNames).sort());
  });

  it.each(each)(
    'is still what happens: $name',
    async ({ chain, name }) =>
      expect(await changed(chain, name), 'Count anew with: npm run costs').toEqual([]),
    180_000,
  );
});
