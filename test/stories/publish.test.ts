import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineCall } from '../../infra/local/proxy/call.ts';
import type { Fault } from '../../infra/local/proxy/fault.ts';
import { redrive } from '../../infra/operate/redrive.ts';
import { findTarget } from '../../infra/operate/target.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { storedIn, storedText } from '../../shared/status/index.ts';
import { type App, startApp } from '../support/app.ts';
import { statusStory } from '../support/status-story.ts';

let app: App;
let page: ReturnType<typeof statusStory>;
let folder: string;
let befall: (call: EngineCall) => Fault | undefined = () => undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'publish-'));
  app = await startApp({ faults: (call) => befall(call), watched: false });
  page = statusStory(app);
  await page.component('Shop');
  await app.system.idle();
});
afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  befall = () => undefined;
});

const ofPublisher = ({ function: name, service }: EngineCall) => /^Publish/.test(name) && service === 's3';
const stateKey = async () => (await page.keys()).find((key) => key.startsWith('private/')) ?? '';

/** Where the form for subscribers posts to. */
const formOf = async ({ html }: typeof page) => /<form[^>]* action="([^"]+)"/.exec(await html())?.[1];

/** Runs the operator's command; gives what it printed, or why it refused. */
async function command(...args: readonly string[]): Promise<string> {
  const line = ['infra/operate/publish-command.ts', ...args, '--data', app.system.data];
  const run = promisify(execFile)(process.execPath, line);
  return run.then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => `refused: ${error.stderr}`,
  );
}

describe('[F85] a publisher', () => {
  it('that is killed after its n-th call, for each n, leaves a whole page and then publishes all the same', async () => {
    let killed = 0;
    for (let n = 1; n < 40; n++) {
      let made = 0;
      let isKilled = false;
      befall = (call) => {
        if (!ofPublisher(call) || isKilled) return undefined;
        made += 1;
        isKilled = made === n;
        return isKilled ? { kind: 'crash-after' } : undefined;
      };
      const before = await page.html();
      await page.incident(`Kill ${n}`);
      await app.system.idle();
      if (!isKilled) break;
      killed += 1;
      const meanwhile = await page.html();
      expect(meanwhile === before || meanwhile.includes(`Kill ${n}`)).toBe(true);
      expect(meanwhile).toMatch(/<\/html>$/);
      await app.system.clock.fastForward(2 * MINUTE);
      expect(await page.html()).toContain(`Kill ${n}`);
    }
    expect(killed).toBeGreaterThan(5);
  }, 120_000);

  it('whose bucket takes nothing leaves the old page with its time; what failed for good is redriven', async () => {
    const before = await page.html();
    befall = (call) => (ofPublisher(call) && call.operation.startsWith('PUT') ? { kind: 'deny' } : undefined);
    await page.incident('Refused');
    await app.system.idle();
    await app.system.clock.fastForward(40 * MINUTE);
    expect(await page.html()).toBe(before);
    befall = () => undefined;
    await page.incident('Afterwards');
    await app.system.idle();
    expect(await page.html()).toContain('Afterwards');
    expect(await page.html()).not.toContain('Refused');
    const lines: string[] = [];
    const target = await findTarget({ data: app.system.data });
    await redrive(target, 'publish', { dryRun: false, tell: (line) => lines.push(line) });
    await app.system.idle();
    expect(lines.join()).toMatch(
      /^moving: kind publish, page page_\w+, seq \d+$|moving: kind publish, seq \d+/,
    );
    expect(await page.html()).toMatch(/Afterwards.*Refused/s);
  }, 60_000);

  it('hears of a change by the stream when who made it could not tell', async () => {
    befall = ({ function: name, service }) =>
      name.startsWith('StatusApi') && service === 'sqs'
        ? { kind: 'error', status: 500, code: 'InternalError' }
        : undefined;
    await page.incident('Only recorded').catch((error: Error) => expect(error.message).toContain('500'));
    befall = () => undefined;
    await app.system.idle();
    expect(await page.html()).toContain('Only recorded');
  });
});

describe('npm run publish', () => {
  it('[F85] saves, changes and publishes a page while the table cannot be reached', async () => {
    const file = join(folder, 'state.json');
    befall = ({ service }) =>
      service === 'dynamodb' || service === 'sqs' ? { kind: 'error', status: 500, code: 'Down' } : undefined;
    await expect(page.incident('Cannot be told')).rejects.toThrow();
    expect(await command('--save', file)).toContain(`Saved ${file}`);
    const state = await readFile(file, 'utf8');
    await writeFile(file, state.replace('Only recorded: we look into it.', 'Told by hand.'));
    expect(await command(file)).toBe(`Published ${app.addresses.status}/\n`);
    expect(await page.html()).toContain('Told by hand.');
    befall = () => undefined;
    const incident = storedIn(state);
    expect(incident.root).toBe(true);
    // What the system records later is published beside it.
    await page.component('Search');
    await app.system.idle();
    expect(await page.html()).toMatch(/Told by hand\..*Search/s);
  }, 60_000);

  it('makes the page anew from its facts: the same, byte for byte, as if nothing had happened', async () => {
    expect(await command('--rebuild')).toBe(`Published ${app.addresses.status}/\n`);
    const rebuilt = await page.file(await stateKey());
    expect(rebuilt).not.toContain('Told by hand.');
    await page.component('Last');
    await app.system.idle();
    const kept = storedIn(await page.file(await stateKey()));
    await command('--rebuild');
    const again = storedIn(await page.file(await stateKey()));
    expect(storedText({ ...again, writtenAt: 0 })).toBe(storedText({ ...kept, writtenAt: 0 }));
    expect(await page.html()).toContain('Last');
  }, 60_000);

  it('[F85] needs S3 and nothing else when it is told the bucket', async () => {
    const file = join(folder, 'bucket.json');
    await command('--save', file);
    const line = ['infra/operate/publish-command.ts', file, '--site', app.addresses.status];
    const bucket = app.system.find('StatusBucket').identity.ref;
    const { AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } =
      app.system.environment;
    // No other service has an address here.
    const env = {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL_S3,
      AWS_REGION,
      AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY,
    };
    const form = await formOf(page);
    expect(form).toMatch(/^http.+\/api\/status\/subscribe$/);
    const { stdout } = await promisify(execFile)(process.execPath, [...line, '--bucket', bucket], { env });
    expect(stdout).toBe(`Published ${app.addresses.status}/\n`);
    // The bucket keeps where the form of the page posts to.
    expect(await formOf(page)).toBe(form);
  }, 60_000);

  it('publishes nothing older than what is there', async () => {
    const file = join(folder, 'old.json');
    await command('--save', file);
    const { id } = await page.incident('Newer');
    await page.update(id, 'monitoring', 'Newer words.');
    await app.system.idle();
    expect(await command(file)).toContain('Published');
    expect(await page.html()).toContain('Newer words.');
  }, 60_000);

  it.each([
    [['nowhere.json'], /nowhere\.json cannot be read/],
    [['package.json'], /package\.json is not the state of a page/],
    [['--save', 'x.json', '--page', 'page_unknown'], /The bucket keeps no page page_unknown/],
    [['--rebuild', '--page', 'x'], /Got --page x; allowed is the id of a page/],
    [[], /nothing to publish.*npm run publish/s],
  ])('refuses %j in words', async (args, words) => {
    const said = await command(...args);
    expect(said).toMatch(/^refused: /);
    expect(said).toMatch(words);
    expect(said).not.toMatch(/\n\s+at /);
  });
});
