import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contextFiles, contextOfLine, mergedContext, originIn } from '../../infra/cdk-context.ts';
import { parseSettings, settingNames } from '../../infra/config.ts';
import { settingsGiven } from '../../infra/settings-file.ts';

const project = join(import.meta.dirname, '../..');
const good = { organisation: 'Acme', administrator: 'ada@acme.io', mailFrom: 'incidents@acme.io' };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
/** What a deployment with this command line gets. */
const read = (...line: string[]) => {
  const files = contextFiles(root, root);
  const { values, source } = settingsGiven(mergedContext(contextOfLine(line), files), root, files);
  return { parse: () => parseSettings(values, source), source, values };
};

describe('the file of settings', () => {
  test('holds what the stack is made with, and -c goes before it', () => {
    write('settings.json', { ...good, trial: true });
    expect(read().parse()).toMatchObject({ ...good, trial: true, stackName: 'IncidentManagement' });
    const { parse, source } = read('trial=false');
    expect(parse()).toMatchObject({ ...good, trial: false });
    expect([source.origin('trial'), source.origin('organisation')]).toEqual(['-c', 'settings.json']);
  });

  test('is another one for another stack, by -c settings=<file>', () => {
    write('settings.json', good);
    write('settings.trial.json', { ...good, stackName: 'Trial', trial: true });
    expect(read('settings=settings.trial.json').parse()).toMatchObject({ stackName: 'Trial', trial: true });
    expect(read().parse()).toMatchObject({ stackName: 'IncidentManagement', trial: false });
  });

  test('that is not there is an error which says how to begin one, and names every setting that is needed', () => {
    expect(() => read('settings=settings.eu.json').parse()).toThrow(
      /^There is no settings\.eu\.json yet \(begin with: cp settings\.example\.json settings\.eu\.json\)\. [^\n]*\n {2}organisation: got nothing, .*\n {2}administrator: got nothing, .*\n {2}mailFrom: got nothing, [^\n]*$/,
    );
  });

  test('with a fault is an error that says where each value comes from', () => {
    write('cdk.json', { context: { administrator: 'ada' } });
    write('settings.json', { ...good, mailFrom: 'x', 'mail-from': 'y' });
    const faults = (): string => {
      try {
        read('trial=maybe').parse();
        return '';
      } catch (fault) {
        return String(fault);
      }
    };
    expect(faults().split('\n')).toEqual([
      'WrongSettings: Correct these settings in settings.json, or give them by -c name=value:',
      expect.stringMatching(/^ {2}administrator: got "ada" from cdk\.json, allowed is /),
      expect.stringMatching(/^ {2}mailFrom: got "x", allowed is /),
      expect.stringMatching(/^ {2}trial: got "maybe" by -c, allowed is /),
      expect.stringMatching(/^ {2}mail-from: no such setting; /),
    ]);
  });

  test.each([
    ['{"organisation": "Acme",}', 'settings.json cannot be read; look for a comma'],
    ['["Acme"]', 'got ["Acme"], allowed is an object as in settings.example.json'],
  ])('that holds %s is refused in words', (content, words) => {
    write('settings.json', content);
    expect(() => read()).toThrow(words);
  });
});

describe('a file of settings for this machine', () => {
  const own = { 'local-only': true, settings: 'settings.local.json' };
  const readLocal = () => {
    write('settings.example.json', { ...good, alarmEmail: 'operations@example.com' });
    const { values, source } = settingsGiven(own, root, contextFiles(root, root));
    return { values, parse: () => parseSettings(values, source) };
  };

  test('goes before the examples, and need say only what shall be otherwise', () => {
    write('settings.local.json', { allowedEndpoints: ['http://127.0.0.1:8080'], organisation: 'Mine' });
    expect(readLocal().parse()).toMatchObject({
      ...{ ...good, organisation: 'Mine' },
      allowedEndpoints: ['http://127.0.0.1:8080'],
    });
  });

  test('with a fault is an error that says what was got, what is allowed, and no command line that there is not', () => {
    write('settings.local.json', { allowedEndpoints: ['http://127.0.0.1:8080/path'], endpoints: [] });
    expect(() => readLocal().parse()).toThrow(
      /^Correct these settings in settings\.local\.json:\n {2}allowedEndpoints: got \["http:\/\/127\.0\.0\.1:8080\/path"\], allowed is a list of [^\n]*\n {2}endpoints: no such setting; [^\n]*$/,
    );
  });
});

describe('the context of a deployment', () => {
  test('is what the CDK makes of the command line and its three files, in this order', () => {
    write('.cdk.json', { context: { a: 'home', b: 'home', c: 'home', d: 'home' } });
    write('cdk.context.json', { a: 'context', b: 'context', c: 'context' });
    write('cdk.json', { context: { a: 'project', b: 'project' } });
    const files = contextFiles(root, root);
    const merged = mergedContext(contextOfLine(['a=x=y']), files);
    expect(merged).toEqual({ a: 'x=y', b: 'project', c: 'context', d: 'home' });
    expect(Object.entries(merged).map(([name, value]) => originIn(files, name, value))).toEqual([
      '-c',
      'cdk.json',
      'cdk.context.json',
      '~/.cdk.json',
    ]);
  });

  test('may have names of other projects in the folder of a person, and nowhere else', () => {
    write('settings.json', good);
    write('.cdk.json', { context: { owner: 'team-x' } });
    expect(read().parse()).toMatchObject(good);
    expect(() => read('owner=team-y').parse()).toThrow('owner: no such setting by -c');
  });

  test('refuses a -c that is no assignment, all of them at once', () => {
    expect(() => contextOfLine(['trial', 'a=b', '=x'])).toThrow(
      'Got -c trial and -c =x; allowed is -c name=value, such as -c trial=true.',
    );
  });

  test('keeps every value of a command line as it was given', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    return fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (values) => {
        const line = Object.entries(values).map(([key, value]) => `${key}=${value}`);
        expect(contextOfLine(line)).toEqual({ ...values });
      }),
    );
  });

  test('has no settings in the cdk.json of the project: they would come back with each update', () => {
    const [own] = contextFiles(project, root);
    expect(own?.name).toBe('cdk.json');
    expect(settingNames.filter((name) => Object.hasOwn(own?.values ?? {}, name))).toEqual([]);
  });
});

describe('a synthesis for AWS', () => {
  const synth = (context: Record<string, unknown>) =>
    spawnSync(process.execPath, ['infra/app.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: root, CDK_CONTEXT_JSON: JSON.stringify(context) },
    });

  test('with the examples ends with every fault in words, no trace of the program, before anything is bundled', () => {
    const { status, stderr } = synth({ settings: 'settings.example.json' });
    expect(status).toBe(1);
    const [heading, ...faults] = stderr.trimEnd().split('\n');
    expect(heading).toBe('Correct these settings in settings.example.json, or give them by -c name=value:');
    expect(faults).toHaveLength(4);
    for (const fault of faults)
      expect(fault).toMatch(/^ {2}\w+: got ".+", an example that is good for `npm start` only; allowed is /);
  });
});
