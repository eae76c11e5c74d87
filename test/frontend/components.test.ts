import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { incidents, listed, organisation } from './answers.ts';
import { serveSite } from './built-site.ts';
import { facts, happened, open } from './sample.ts';
import { type System, startSystem, visit } from './system.ts';

const root = join(import.meta.dirname, '../..');
const vite = join(root, 'node_modules/vite/bin/vite.js');
const build = (...given: string[]) =>
  promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn', ...given], { cwd: root });

/** A React application of somebody else, which knows nothing of the console. */
const application = `
import { createRoot } from 'react-dom/client';
import { StatusPage, WarRoomCollaboration } from '@crowdtrainer/incident-management';
import '@crowdtrainer/incident-management/styles.css';

const { incident, currentUser, config, page } = await (await fetch('/config.json')).json();
const heard = [];
window.heard = heard;
createRoot(document.getElementById('app')).render(
  <>
    <WarRoomCollaboration
      incident={incident}
      currentUser={currentUser}
      config={config}
      onIncidentUpdate={(updated) => heard.push(updated.state)}
    />
    <StatusPage config={page} isPublic={true} theme="light" />
  </>,
);
`;
const html =
  '<!doctype html><html lang="en"><title>Theirs</title><div id="app"></div><script type="module" src="/app.jsx"></script></html>';

describe.skipIf(browserMissing)(`components in a bare React application${browserMissing ?? ''}`, () => {
  let system: System;
  let folder: string;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    system = await startSystem();
    folder = await mkdtemp(join(tmpdir(), 'theirs-'));
    const [built, theirs] = [join(folder, 'components'), join(folder, 'theirs')];
    await build('--config', join(root, 'frontend/components/vite.config.ts'), '--outDir', built);
    await mkdir(theirs);
    const alias = {
      '@crowdtrainer/incident-management/styles.css': join(built, 'styles.css'),
      '@crowdtrainer/incident-management': join(built, 'index.js'),
      'react-dom': join(root, 'node_modules/react-dom'),
      react: join(root, 'node_modules/react'),
    };
    const settings = { resolve: { alias }, build: { outDir: join(folder, 'site'), target: 'es2023' } };
    await Promise.all([
      writeFile(join(theirs, 'index.html'), html),
      writeFile(join(theirs, 'app.jsx'), `import React from 'react';\n${application}`),
      writeFile(join(theirs, 'vite.config.mjs'), `export default ${JSON.stringify(settings)};`),
    ]);
    await build(theirs, '--config', join(theirs, 'vite.config.mjs'));
    const config = () => ({
      incident: { id: open[0]?.id },
      currentUser: { id: 'per_ada', name: 'Ada Lovelace' },
      config: { api: system.api.address, socket: system.room.address, token: 'a-token' },
      page: { page: { name: 'Acme status' }, components: [] },
    });
    const connect = () => [`${system.api.address}/`, system.room.address];
    site = await serveSite(join(folder, 'site'), { scripts: true, connect, config });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([site.stop(), system.stop()]);
    await rm(folder, { recursive: true });
  });

  test('WarRoomCollaboration is a working room that tells of changes, and StatusPage shows a page', async () => {
    system.room.use(facts);
    let current = open[0];
    system.allow(site.address);
    system.api.use((call) =>
      current && call.path === `/api/incidents/${current.id}`
        ? { body: listed(current) }
        : (organisation(call) ?? incidents(call)),
    );
    const { context, page, complaints } = await visit(system.browser);
    await page.goto(site.address);
    await page.locator('.present', { hasText: 'Grace Hopper' }).waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('From their application');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.said-entry', { hasText: 'From their application' }).waitFor();
    await page.getByRole('heading', { name: 'Acme status' }).waitFor();
    const heard = () => page.evaluate(() => Reflect.get(window, 'heard') as string[]);
    await expect.poll(heard).toEqual(['triggered']);
    current = current && { ...current, state: 'acknowledged' };
    const fact = happened(8, 'incident.acknowledged', { generation: 1 });
    system.room.log.push(fact);
    const incident = open[0]?.id ?? 'inc_';
    system.room.tellAll({ v: 1, type: 'facts', incident, facts: [fact], last: 8 });
    await expect.poll(heard).toEqual(['triggered', 'acknowledged']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
