import { describe, expect, it } from 'vitest';
import { commandArgs } from '../../../infra/local/cli/command-line.ts';
import { toldOf } from '../../../infra/local/cli/run-command.ts';
import { WrongLine } from '../../../infra/local/cli/wrong-line.ts';
import { pauseLine } from '../../../infra/operate/pause-command.ts';

const usage = `npm run redrive -- [options]

Tries again.

  --dry-run          only tell
  --stack <name>     a system in AWS
  --seed <number>    of --runs
  --path <path>      of it
  --fresh            forget
  -c, --context <name=value>  a setting
  --help             this text`;

describe('the arguments of a command that npm runs', () => {
  it.each([
    [['--data', ''], '--data'],
    [['all', '--region', '', '--stack', 'X'], '--region'],
    [['--key='], '--key'],
    [['-c', ''], '-c'],
  ])('are refused when one has nothing for its value: %j', (args, name) =>
    expect(() => commandArgs(usage, args, {})).toThrow(`${name} got nothing: is a variable empty?`),
  );

  it('are what stands after --', () =>
    expect(commandArgs(usage, ['all', '--dry-run'], { npm_lifecycle_event: 'redrive' })).toEqual([
      'all',
      '--dry-run',
    ]));

  // As npm 11 exports them: `--stack X` leaves X among the words, `--stack=$UNSET` is empty, and `-c` is npm's own for a call.
  it.each([
    [{ npm_config_dry_run: 'true' }, ['all'], '--dry-run'],
    [{ npm_config_dryrun: 'true' }, ['all'], '--dry-run'],
    [{ npm_config_stack: 'X' }, [], '--stack'],
    [{ npm_config_stack: 'true' }, ['all', 'X'], '--stack'],
    [{ npm_config_stack: '' }, ['all'], '--stack'],
    [{ npm_config_call: 'trial=true' }, [], '-c'],
    [{ npm_config_seed: 'true', npm_config_path: 'true' }, ['7', '0:1'], '--seed and --path'],
  ])('are refused when npm took some of them: %j', (env, args, taken) =>
    expect(() => commandArgs(usage, args, { npm_lifecycle_event: 'redrive', ...env })).toThrow(
      `npm took ${taken} for itself, because no "--" stands before. Put one after the name of the command: npm run redrive -- <`,
    ),
  );

  it('are refused by the line that npm start has', () =>
    expect(() => commandArgs(usage, [], { npm_lifecycle_event: 'start', npm_config_fresh: 'true' })).toThrow(
      'npm start -- <',
    ));

  it('are not npm’s own settings, nor what a shell exports to a command that npm does not run', () => {
    const env = { npm_lifecycle_event: 'redrive', npm_config_cache: '/x', npm_config_user_agent: 'npm/11' };
    expect(commandArgs(usage, [], env)).toEqual([]);
    expect(commandArgs(usage, [], { npm_config_dry_run: 'true' })).toEqual([]);
  });
});

describe('what goes wrong in a command', () => {
  it('is told with the usage when the line was wrong', () => {
    expect(toldOf(new WrongLine('Got "x"; allowed is on or off.'), 'USAGE')).toBe(
      'Got "x"; allowed is on or off.\n\nUSAGE',
    );
    expect(
      toldOf(
        thrownBy(() => pauseLine(['on', '--stak', 'X'])),
        'USAGE',
      ),
    ).toMatch(/^Unknown option '--stak'.*\n\nUSAGE$/s);
  });

  it('is told alone when the line was right', () =>
    expect(toldOf(new Error('No system runs'), 'USAGE')).toBe('No system runs'));
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
