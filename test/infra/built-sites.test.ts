import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtSites, sitesAsBuilt } from '../../infra/sites.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sites-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file that was changed, with its folder, so many seconds after the epoch. */
function put(file: string, second: number): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file);
  for (const changed of [path, dirname(path)]) utimesSync(changed, second, second);
}

/** Stands in for Vite: writes both first pages and remembers what it was asked to build. */
function builder(): { build(frontend: string): Promise<void>; readonly built: string[] } {
  const built: string[] = [];
  return {
    built,
    async build(frontend) {
      built.push(frontend);
      for (const page of pages) put(page, 5000);
    },
  };
}

/** By which it is seen that a site was built. */
const pages = ['dist/console/index.html', 'dist/status/not-found.html'];

const sites = () => ({ console: join(root, 'dist/console'), status: join(root, 'dist/status') });

describe('the built sites', () => {
  test('are used as they are while they are newer than what they are built from', async () => {
    put('frontend/vite.config.ts', 1000);
    put('shared/kernel/time.ts', 1000);
    for (const page of pages) put(page, 2000);
    utimesSync(join(root, 'shared'), 1000, 1000);
    const { build, built } = builder();
    expect(await builtSites(root, build)).toEqual(sites());
    expect(built).toEqual([]);
  });

  test.each(['frontend/app/app.tsx', 'shared/kernel/time.ts', 'package-lock.json'])(
    'are built again after a change of %s',
    async (changed) => {
      put('frontend/vite.config.ts', 1000);
      for (const page of pages) put(page, 2000);
      put(changed, 3000);
      const { build, built } = builder();
      expect(await builtSites(root, build)).toEqual(sites());
      expect(built).toEqual([join(root, 'frontend')]);
    },
  );

  test('are told as they lie there only while they are newer than what they are built from', () => {
    put('frontend/vite.config.ts', 1000);
    expect(sitesAsBuilt(root)).toBeUndefined();
    for (const page of pages) put(page, 2000);
    expect(sitesAsBuilt(root)).toEqual(sites());
    put('frontend/app/app.tsx', 3000);
    expect(sitesAsBuilt(root)).toBeUndefined();
  });

  test('are both built when one of them is missing', async () => {
    put('frontend/vite.config.ts', 1000);
    put('dist/console/index.html', 2000);
    const { build, built } = builder();
    expect(await builtSites(root, build)).toEqual(sites());
    expect(built).toHaveLength(1);
  });

  test('name the command when they are missing and there is nothing to build them from', async () => {
    await expect(builtSites(root, builder().build)).rejects.toThrow(
      'build the sites with: npx vite build frontend',
    );
  });
});
