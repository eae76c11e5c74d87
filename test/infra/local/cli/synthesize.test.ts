import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localAssembly, settingsFile, synthesize } from '../../../../infra/local/cli/synthesize.ts';
import { temporaryFolder } from '../../../support/sample-stack/start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  // An app that writes down what it was given, and how often.
  write(
    'app.sh',
    'mkdir -p "$CDK_OUTDIR"; echo "$CDK_CONTEXT_JSON" | tee -a runs > "$CDK_OUTDIR/manifest.json"',
  );
  write('cdk.json', JSON.stringify({ app: 'sh app.sh', context: { a: 1 } }));
});
afterEach(() => folder.remove());

const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
const start = async (named?: string) => {
  const made = await synthesize(folder.path, settingsFile(folder.path, named));
  return { made, context: JSON.parse(readFileSync(join(made, 'manifest.json'), 'utf8')) as unknown };
};
const runs = () => readFileSync(join(folder.path, 'runs'), 'utf8').trim().split('\n').length;

describe('the stack of npm start', () => {
  it('is made of the examples when there are no settings of its own', async () => {
    const { made, context } = await start();
    expect(made).toBe(join(folder.path, localAssembly));
    expect(context).toEqual({ a: 1, 'local-only': true });
  });

  it('is made with settings.local.json where it is there, in a folder that tests do not use', async () => {
    write('settings.local.json', '{"tracing":true}');
    const { made, context } = await start();
    expect(context).toEqual({ a: 1, 'local-only': true, settings: 'settings.local.json' });
    expect(existsSync(join(folder.path, localAssembly))).toBe(false);
    expect(await start('settings.example.json')).toMatchObject({ context: { a: 1, 'local-only': true } });
    expect(made).not.toBe(join(folder.path, localAssembly));
  });

  it('is made anew when the settings say something else, however old their file, and only then', async () => {
    write('settings.local.json', '{"tracing":true}');
    await start();
    await start();
    expect(runs()).toBe(1);
    write('settings.local.json', '{"tracing":false}');
    utimesSync(join(folder.path, 'settings.local.json'), 1, 1);
    await start();
    expect(runs()).toBe(2);
  });

  it('refuses a file that was named and is not there', async () => {
    await expect(start('settings.eu.json')).rejects.toThrow(
      '--settings names a file with settings, got settings.eu.json, which is no file',
    );
    await expect(start('.')).rejects.toThrow('got ., which is no file');
  });
});
