import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../functions/edge/input.ts';
import { sourceNames } from '../../../shared/alerts/index.ts';
import { optionsInput } from '../../../shared/alerts/options.ts';

const faultOf = (options: unknown): string => {
  try {
    parseInput(optionsInput('generic'), options, 'body.options');
  } catch (error) {
    return String(error);
  }
  return 'taken';
};

describe('the options of an integration', () => {
  it('are a mapping where the source is any JSON', () => {
    const mapping = {
      items: '/alerts',
      title: '/name',
      description: '/text/0',
      state: { at: '/lage', resolved: ['behoben'], acknowledged: ['gesehen'], firing: ['offen'] },
      key: ['/host', '/a~1b~0c'],
      severity: { at: '/stufe', words: { hoch: 'P1_CRITICAL' } },
      service: '/dienst',
      time: '/um',
      labels: '',
      link: '/mehr',
    };
    expect(optionsInput('generic').parse({ mapping })).toEqual({ mapping });
  });

  it('may be none, for every source', () => {
    for (const source of sourceNames) expect(optionsInput(source).parse({})).toEqual({});
  });

  it('are no mapping elsewhere, which is said by its name', () => {
    const { error } = optionsInput('alertmanager').safeParse({ mapping: {} });
    expect(error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['mapping'] });
  });
});

describe('a mapping that is wrong', () => {
  it.each([
    [{ title: 'name' }, `body.options.mapping.title: This is no JSON pointer: it must begin with '/'`],
    [{ title: 'name' }, 'got "name"'],
    [
      { state: { at: '/a~2' } },
      `body.options.mapping.state.at: This is no JSON pointer: the '~' at character 3`,
    ],
    [{ severity: { at: '~' } }, 'body.options.mapping.severity.at: This is no JSON pointer'],
    [{ key: 'id' }, `body.options.mapping.key: This is no JSON pointer: it must begin with '/'`],
    [{ key: ['/id', 'host'] }, 'body.options.mapping.key[1]: This is no JSON pointer'],
    [{ service: `/${'x'.repeat(300)}` }, 'body.options.mapping.service: This is longer than 300 characters'],
    [{ severity: { at: '/s', words: { hot: 'P9' } } }, 'body.options.mapping.severity.words.hot'],
    [{ state: { resolved: ['ok'] } }, 'body.options.mapping.state.at'],
    [{ titel: '/name' }, 'body.options.mapping.titel: there is no such field here'],
  ])('%j is told by its place', (mapping, said) => {
    expect(faultOf({ mapping })).toContain(said);
  });
});
