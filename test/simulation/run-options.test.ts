import { describe, expect, it } from 'vitest';
import { legend, runOptions } from './run-options.ts';
import { simulate, theProgram } from './simulate.ts';

describe('The command line of simulate:faults', () => {
  it('needs nothing', () =>
    expect(runOptions([])).toEqual({ help: false, planted: false, seeds: 10_000, workers: 2 }));

  it('names one seed to play again', () => expect(runOptions(['--seed', '12'])).toMatchObject({ seed: 12 }));

  it.each([
    [
      ['--seeds', '0', '--workers', 'two'],
      "--seeds: got '0', allowed is a whole number from 1 to 2147483647",
    ],
    [['--seed', '-1'], "'--seed' argument is ambiguous"],
    [['--planted', '--seed', '1'], 'Got --planted and --seed together'],
    [['--seeds', '9', '--seed', '1'], 'Got --seeds and --seed together'],
    [['seeds'], "Unexpected argument 'seeds'"],
  ])('refuses %j in words', (args, words) => expect(() => runOptions(args)).toThrow(words));

  it('explains every refusal that it counts in one line', async () => {
    const program = await theProgram();
    const counted = new Set<string>();
    for (let seed = 1; seed <= 60; seed++)
      for (const name of (await simulate(program, seed)).counts.keys()) counted.add(name);
    expect([...counted].filter((name) => legend[name] === undefined)).toEqual([]);
    expect(counted.size).toBeGreaterThan(10);
    for (const meaning of Object.values(legend)) expect(meaning).toMatch(/^[^\n]{20,90}$/);
  });
});
