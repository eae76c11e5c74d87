import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../infra/local/ports.ts';
import type { EngineCall } from '../../infra/local/proxy/call.ts';
import type { Fault } from '../../infra/local/proxy/fault.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { LEASE } from '../../shared/on-call/index.ts';
import { type App, startApp } from '../support/app.ts';
import { stores, tear } from '../support/broken-store.ts';

/** More calls than any worker makes for one alert; a loop that comes here has lost its way. */
const MOST_CALLS = 40;

describe('workers that die', () => {
  let app: App;
  let befall: (call: EngineCall) => Fault | undefined = () => undefined;
  beforeAll(async () => {
    app = await startApp({ faults: (call) => befall(call), concurrency: 2 });
  });
  afterAll(() => app.stop());

  const alert = (service: string) => ({ title: `${service} is down`, service, severity: 'critical' });
  const pagesAbout = async (service: string) =>
    (await app.mailbox('ada@example.com')).filter(({ subject }) => subject.includes(`${service} is down`));

  /** Kills a worker of this function right after its n-th call for an alert; gives that call, if it makes so many. */
  async function killAfter(worker: string, n: number, service: string): Promise<EngineCall | undefined> {
    let made = 0;
    let killedAfter: EngineCall | undefined;
    befall = (call) => {
      if (!call.function.startsWith(`${worker}Function`) || killedAfter !== undefined) return undefined;
      made += 1;
      if (made < n) return undefined;
      killedAfter = call;
      return { kind: 'crash-after' };
    };
    expect((await app.send('generic', alert(service))).status).toBe(202);
    befall = () => undefined;
    return killedAfter;
  }

  it.each(['Detect', 'Escalate', 'Deliver'])(
    '[F23] %s killed after its n-th call, for each n: one whole incident and one page, none half',
    async (worker) => {
      const killed: { service: string; after: string }[] = [];
      for (let n = 1; n < MOST_CALLS; n++) {
        const service = `${worker.toLowerCase()}-${n}`;
        const after = await killAfter(worker, n, service);
        if (after === undefined) break;
        killed.push({ service, after: after.operation });
      }
      expect(killed.length).toBeGreaterThan(3);
      expect(killed.length).toBeLessThan(MOST_CALLS - 1);
      await app.system.clock.fastForward(4 * MINUTE);
      for (const { service, after } of killed) {
        const found = await app.incidents(`?service=${service}`);
        expect(found, service).toHaveLength(1);
        expect(found[0], service).toMatchObject({ state: 'triggered', next: { step: 2 } });
        const facts = await app.facts(found[0]?.id ?? '');
        expect(facts.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(facts.map((_, at) => at + 1));
        const told = facts.map(({ type }) => type).filter((type) => type !== 'void');
        expect(
          told.filter((type) => type === 'incident.opened'),
          service,
        ).toHaveLength(1);
        expect(
          told.filter((type) => type === 'incident.escalated'),
          service,
        ).toHaveLength(1);
        // Whoever dies right after the mail was accepted cannot know it.
        const most = after === 'SendEmail' ? 2 : 1;
        const pages = await pagesAbout(service);
        expect(pages.length, `${service} killed after ${after}`).toBeGreaterThanOrEqual(1);
        expect(pages.length, `${service} killed after ${after}`).toBeLessThanOrEqual(most);
      }
    },
    120_000,
  );

  it('[F24] killed between the mail and its mark, or before the mail: one more page at most, which says so', async () => {
    for (const [service, kind] of [
      ['mailed', 'crash-after'],
      ['unsent', 'crash-before'],
    ] as const) {
      let done = false;
      befall = ({ operation }) => {
        if (operation !== 'SendEmail' || done) return undefined;
        done = true;
        return { kind };
      };
      await app.send('generic', alert(service));
      befall = () => undefined;
      expect(await pagesAbout(service)).toHaveLength(service === 'mailed' ? 1 : 0);
    }
    await app.system.clock.fastForward(4 * MINUTE);
    const marks = async (service: string) =>
      (await pagesAbout(service)).map(({ subject }) => subject.endsWith('(possibly again)'));
    expect(await marks('mailed')).toEqual([false, true]);
    // Nobody knows of this one that it was never sent.
    expect(await marks('unsent')).toEqual([true]);
  }, 60_000);

  it('[M9] one that holds a claim is waited for until its lease ends, and a poisoned page holds up no other', async () => {
    const sent: string[] = [];
    let kills = 1;
    befall = ({ operation, body }) => {
      if (operation !== 'SendEmail') return undefined;
      const text = decodeURIComponent(body.replaceAll('+', ' '));
      if (text.includes('poisoned is down')) return { kind: 'error', status: 500, code: 'InternalFailure' };
      if (!text.includes('claimed is down')) return undefined;
      sent.push(new Date(app.system.clock.now()).toISOString());
      kills -= 1;
      return kills >= 0 ? { kind: 'crash-before' } : undefined;
    };
    const begun = app.system.clock.now();
    for (const service of ['poisoned', 'claimed', 'beside']) await app.send('generic', alert(service));
    expect(await pagesAbout('beside')).toHaveLength(1);
    expect([await pagesAbout('poisoned'), await pagesAbout('claimed')]).toEqual([[], []]);
    await app.system.clock.fastForward(3 * MINUTE);
    expect(await pagesAbout('claimed')).toHaveLength(1);
    expect(sent).toHaveLength(2);
    expect(Date.parse(sent[1] ?? '') - begun).toBeGreaterThan(LEASE);
    expect(await pagesAbout('poisoned')).toEqual([]);
    befall = () => undefined;
    await app.system.clock.fastForward(MINUTE);
    expect((await pagesAbout('poisoned')).map(({ subject }) => subject.endsWith('(possibly again)'))).toEqual(
      [true],
    );
  }, 60_000);
});

describe('a store of the local system that was torn', () => {
  const folders: string[] = [];
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'store-'));
    folders.push(made);
    return made;
  };
  afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));

  const alert = (service: string) => ({ title: 'Down', service, severity: 'critical' });
  const open = async (app: App) =>
    (await app.incidents('?state=open')).map(({ service }) => service).toSorted();

  it('[F34] starts again with a torn last record, and loses that record alone', async () => {
    const [data, copy] = [await folder(), await folder()];
    const services = ['first', 'second', 'third'];
    // Who signs in is known by the address of the issuer, and that by its port.
    const port = await freePort();
    const app = await startApp({ data, port });
    try {
      for (const service of services) expect((await app.send('generic', alert(service))).status).toBe(202);
      await cp(data, copy, { recursive: true });
    } finally {
      await app.stop();
    }
    for (const store of stores) tear(copy, store);
    const again = await startApp({ data: copy, port });
    try {
      expect(await open(again)).toEqual(services);
      await again.send('generic', alert('fourth'));
      expect(await open(again)).toEqual([...services, 'fourth'].toSorted());
    } finally {
      await again.stop();
    }
  }, 60_000);
});
