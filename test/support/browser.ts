import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import packages from '../../package.json' with { type: 'json' };
import { hasRoom } from './memory.ts';

const own = process.env.CHROMIUM_PATH;

/** What is missing here to run a browser, in words; undefined when nothing is. */
export const browserMissing: string | undefined =
  own === undefined && (process.platform !== 'linux' || process.arch !== 'x64')
    ? `the Chromium from npm runs on Linux x64 only, this is ${process.platform} ${process.arch}: set CHROMIUM_PATH to the program file of a Chromium`
    : undefined;

/** Starts a headless Chromium. The first start on a machine unpacks it into the temporary folder, which takes some seconds. */
export async function launchBrowser(): Promise<Browser> {
  if (browserMissing !== undefined) throw new Error(browserMissing);
  if (own !== undefined) return chromium.launch({ executablePath: own });
  const folder = await unpacked();
  const start = (libraries: Readonly<Record<string, string>>) =>
    chromium.launch({
      executablePath: join(folder, 'chromium'),
      // Tabs of one visitor share a process, and in it the scripts that are compiled. Nothing here is drawn by a graphics card, so
      // what draws needs no process of its own.
      args: ['--font-render-hinting=none', '--renderer-process-limit=1', '--in-process-gpu'],
      ignoreDefaultArgs: hasRoom() ? ['--disable-dev-shm-usage'] : [],
      // The same fonts on every machine, also where there are none.
      env: { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts'), ...libraries },
    });
  return start({}).catch((error: unknown) => {
    if (!String(error).includes('shared libraries')) throw error;
    return start({ LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') });
  });
}

/** The folder with the unpacked browser. It appears there whole, by a rename: others may be unpacking at the same time. */
async function unpacked(): Promise<string> {
  const folder = join(tmpdir(), `chromium-with-fonts-${packages.devDependencies['@sparticuz/chromium']}`);
  if (existsSync(folder)) return folder;
  const making = await mkdtemp(`${folder}-`);
  const script = "await (await import('@sparticuz/chromium')).default.executablePath()";
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    // The package unpacks into the temporary folder, and its libraries only for what it takes for Lambda.
    env: { ...process.env, TMPDIR: making, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  });
  await writeFile(join(making, 'fonts', 'fonts.conf'), fontsIn(join(folder, 'fonts')));
  await rename(making, folder).catch(async (error: unknown) => {
    await rm(making, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

/** The package's own list of folders names those of Lambda; with no font at all Chromium shows no text and dies of it. */
const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`;
