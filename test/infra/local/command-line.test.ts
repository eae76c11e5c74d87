import { describe, expect, it } from 'vitest';
import { commandArgs } from '../../../infra/local/cli/command-line.ts';
import { parseOptions } from '../../../infra/local/cli/options.ts';
import { toldOf, WrongLine } from '../../../infra/local/cli/run-command.ts';
import { pauseLine } from '../../../infra/operate/pause-command.ts';
import { findTarget } from '../../../infra/operate/target.ts';

describe('the arguments of a command that npm runs', () => {
  it('are what stands after --', () =>
    expect(commandArgs(['all', '--dry-run'], { npm_lifecycle_event: 'redrive' })).toEqual([
      'all',
      '--dry-run',
    ]));

  it.each([
    [
      { npm_lifecycle_event: 'redrive', npm_config_dry_run: 'true' },
      ['all'],
      'npm took --dry-run for itself, because it stands before "--". Write: npm run redrive -- all --dry-run',
    ],
    [{ npm_lifecycle_event: 'doctor', npm_config_stack: 'X' }, [], 'Write: npm run doctor -- --stack=X'],
    [{ npm_lifecycle_event: 'start', npm_config_fresh: 'true' }, [], 'Write: npm start -- --fresh'],
  ])('are refused when npm took some of them, with the line as it should be: %j', (env, args, words) =>
    expect(() => commandArgs(args, env)).toThrow(words),
  );

  it('are not npm’s own settings, nor what a shell exports', () => {
    const env = { npm_lifecycle_event: 'redrive', npm_config_cache: '/x', npm_config_user_agent: 'npm/11' };
    expect(commandArgs([], env)).toEqual([]);
    expect(commandArgs([], { npm_config_dry_run: 'true' })).toEqual([]);
  });
});

it('an empty variable is no folder and no stack', async () => {
  expect(() => parseOptions(['--data', ''], '/root')).toThrow('--data must name a folder');
  await expect(findTarget({ data: '' })).rejects.toThrow('--data got nothing');
  await expect(findTarget({ stack: '' })).rejects.toThrow('--stack got nothing');
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
