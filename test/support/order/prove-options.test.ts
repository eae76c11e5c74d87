import { describe, expect, it } from 'vitest';
import { proveOptions } from './prove-options.ts';

describe('The command line of prove:order', () => {
  it('needs nothing', () => expect(proveOptions([])).toEqual({ help: false, runs: 2_000, shards: 2 }));

  it('plays one run again, in one process', () =>
    expect(proveOptions(['--seed', '7', '--path', '0:1:3'])).toEqual({
      help: false,
      runs: 1,
      shards: 1,
      seed: 7,
      path: '0:1:3',
    }));

  it.each([
    [['--path', '0:1'], "--path: got '0:1' without --seed, allowed are numbers"],
    [['--path', 'x', '--seed', '1'], "--path: got 'x', allowed are numbers"],
    [
      ['--runs', '1e3', '--shards', '0'],
      "--runs: got '1e3', allowed is a whole number from 1 to 1000000\n--shards",
    ],
    [['--run', '5'], "Unknown option '--run'"],
  ])('refuses %j in words', (args, words) => expect(() => proveOptions(args)).toThrow(words));
});
