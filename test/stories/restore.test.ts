import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { copyTable } from '../support/copy-table.ts';
import { synthesizeWith } from '../support/synthesize-with.ts';

describe('[F90] the table, restored under another name', () => {
  let data: string;
  let assembly: string;
  let app: App;
  let before: Awaited<ReturnType<typeof everything>>;

  const everything = async () => {
    const incidents = [...(await app.incidents('?state=open')), ...(await app.incidents('?state=resolved'))];
    const facts = await Promise.all(incidents.map(({ id }) => app.facts(id)));
    return { incidents, facts };
  };
  const send = (service: string, status: string) =>
    app.send('generic', { key: service, title: `${service} is down`, service, severity: 'critical', status });
  const pagesTo = async (person: string, service: string) =>
    (await app.mailbox(`${person}@example.com`)).filter(({ subject }) => subject.includes(service));

  beforeAll(async () => {
    [data, assembly] = await Promise.all([
      mkdtemp(join(tmpdir(), 'restore-')),
      mkdtemp(join(tmpdir(), 'restored-assembly-')),
    ]);
    // The same address both times, for people are known by that of the sign-in: below the ports that are given out to whoever asks.
    const port = 20_000 + (process.pid % 1_000) * 10;
    app = await startApp({ data, port });
    await send('shop', 'firing');
    await send('mill', 'firing');
    await app.call('POST', `/api/incidents/${(await app.incidents('?service=shop'))[0]?.id}/notes`, {
      text: 'Looking.',
    });
    await send('mill', 'resolved');
    await app.system.clock.fastForward(MINUTE);
    before = await everything();
    const restoredTable = await copyTable(app.system, 'restored-1');
    await app.stop();
    await synthesizeWith({ restoredTable }, assembly);
    app = await startApp({ data, port, assembly });
  }, 120_000);
  afterAll(async () => {
    await app.stop();
    for (const folder of [data, assembly]) await rm(folder, { recursive: true, force: true });
  });

  it('holds the same incidents with the same logs, open ones and closed ones', async () => {
    expect(before.incidents.map(({ state }) => state)).toEqual(['triggered', 'resolved']);
    expect(await everything()).toEqual(before);
  });

  it('lets an alert join what is open, and gives the next incident the next number', async () => {
    await send('shop', 'firing');
    await send('forge', 'firing');
    expect(await app.incidents('?service=shop')).toHaveLength(1);
    const [next] = await app.incidents('?service=forge');
    expect(next?.number).toBeGreaterThan(Math.max(...before.incidents.map(({ number }) => number)));
    expect(await pagesTo('ada', 'forge')).toHaveLength(1);
    const log = await app.facts(next?.id ?? '');
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, place) => place + 1));
  });

  it('goes on with the escalations that were under way, to the next person and to nobody twice', async () => {
    const due = Date.parse(before.incidents[0]?.next?.dueAt ?? '');
    await app.system.clock.fastForwardTo(due + 30_000);
    expect(await pagesTo('grace', 'shop')).toHaveLength(1);
    expect(await pagesTo('ada', 'mill')).toHaveLength(0);
  });
});
