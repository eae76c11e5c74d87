import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { canaryHome } from '../../shared/wiring/index.ts';
import { type App, startApp } from '../support/app.ts';
import { type StoredTable, storedTable } from '../support/stored-table.ts';

/** What the log of a function holds of one metric: the values of its samples. */
async function samples(app: App, name: string, metric: string): Promise<readonly number[]> {
  const { id } = app.system.find(`${name}Function`);
  const text = await readFile(join(app.system.data, 'logs', `${id}.log`), 'utf8');
  const lines = text.split('\n').filter((line) => line.includes(`"${metric}":`));
  return lines.map((line) =>
    Number((JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>)[metric]),
  );
}

describe('the canary', () => {
  let app: App;
  let stored: StoredTable;
  beforeAll(async () => {
    app = await startApp({ paused: [] });
    stored = storedTable(app.system);
  });
  afterAll(async () => {
    stored.close();
    await app.stop();
  });
  const ownItems = async () =>
    (await stored.everything()).filter(({ pk }) => String(pk).startsWith(`O#${canaryHome.org}#`));

  it('[C8] [F94] becomes an incident every minute on the way of every other alert, and says so by a metric', async () => {
    await app.system.clock.fastForward(MINUTE);
    expect(await samples(app, 'Canary', 'CanaryBecameIncident')).toEqual([]);
    await app.system.clock.fastForward(MINUTE);
    const [first, ...others] = await samples(app, 'Canary', 'CanaryBecameIncident');
    expect(others).toEqual([]);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(30);
    expect(await samples(app, 'Sweep', 'SweepFinished')).toHaveLength(2);
  });

  it('is resolved a minute later, wakes nobody and is in nobody’s list', async () => {
    await app.system.clock.fastForward(2 * MINUTE);
    const heads = (await ownItems()).filter(({ sk, kind }) => sk === 'HEAD' && kind === 'incident');
    expect(heads.length).toBeGreaterThan(1);
    const states = heads.map(({ state }) => state);
    expect(states.filter((state) => state !== 'resolved')).toHaveLength(1);
    expect(heads.some((head) => 'next' in head)).toBe(false);
    for (const state of ['open', 'resolved']) expect(await app.incidents(`?state=${state}`)).toEqual([]);
    const { body } = await app.call('GET', '/api/integrations');
    expect(JSON.stringify(body)).not.toContain('anary');
  });

  it('removes after 40 minutes all that became of an alert of its own, but for what expires by itself', async () => {
    const lasting = async () => (await ownItems()).filter((item) => !('ttl' in item));
    const before = new Set(
      (await lasting()).map(({ pk }) => pk).filter((pk) => !/#(CANARY|S)$/.test(String(pk))),
    );
    expect([...before].filter((pk) => /#I#/.test(String(pk))).length).toBeGreaterThan(1);
    await app.system.clock.fastForward(45 * MINUTE);
    const after = await lasting();
    expect(after.filter(({ pk }) => before.has(pk)).map(({ pk, sk }) => `${pk} ${sk}`)).toEqual([]);
  });
});
