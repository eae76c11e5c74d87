import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';
import { freePort } from '../../infra/local/ports.ts';
import { startLocal } from '../../infra/local/runner.ts';
import type { AlertHead } from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { startLoad } from '../support/crash-load.ts';
import { startProcess } from '../support/local-process.ts';
import { storedTable } from '../support/stored-table.ts';

/** A start takes seconds, so few by default; `KILLS=200 ACCEPTED=250 npm test -- crash` takes its time. */
const KILLS = Number(process.env.KILLS ?? 3);
/** Each kill comes after so many accepted alerts, in the middle of the work on them. */
const ACCEPTED = Number(process.env.ACCEPTED ?? 24);
const SENDERS = 8;
const IN_POST = ACCEPTED > 100 ? 10 : 1;

/** Pages are a matter of their own where alerts come by the thousand, whose steps would all come again after each start. */
const SEVERITY = ACCEPTED > 100 ? 'low' : 'critical';

/** Milliseconds from the last alert that is waited for to the kill: so that it meets receiving, detection and what follows. */
const DELAYS = [0, 100, 300, 700, 1_500];

/** Starts the system, sends alerts, kills it, and gives the services that were accepted. */
async function killed(data: string, port: number, kill: number): Promise<readonly string[]> {
  const system = await startProcess(data, port);
  const load = startLoad({
    webhook: system.addresses.webhooks.generic ?? '',
    prefix: `kill-${kill}`,
    senders: SENDERS,
    inPost: IN_POST,
    severity: SEVERITY,
    // Every second kill finds senders at work, every other one only workers.
    ...(kill % 2 === 1 && { enough: ACCEPTED }),
  });
  while (load.accepted.length < ACCEPTED) await pause(2);
  await pause(DELAYS[kill % DELAYS.length] ?? 0);
  await system.end('SIGKILL');
  await load.over;
  return load.accepted;
}

/** What became of the alerts, by their services: which are in an incident, and for which one was opened. */
interface Became {
  readonly placed: ReadonlySet<string>;
  readonly opened: readonly string[];
}

/** What became of all alerts that there ever were, after everything has been worked off. */
async function became(data: string): Promise<Became> {
  const system = await startLocal({ assembly: localAssembly, data, quiet: true, paused: ['CanarySchedule'] });
  try {
    await system.idle();
    // What a killed worker held is seen again when its visibility ends, in a minute; the next level is not paged yet, which is much work.
    await system.clock.fastForward(2 * MINUTE);
    const table = storedTable(system);
    const rows = await table.everything();
    table.close();
    const alerts = rows.filter(({ kind }) => kind === 'alert') as unknown as readonly AlertHead[];
    const incidents = rows.filter(({ kind, sk }) => kind === 'incident' && sk === 'HEAD');
    return {
      placed: new Set(
        alerts.filter(({ memberships }) => memberships.length > 0).map(({ service }) => service ?? ''),
      ),
      // So many alerts at once are a storm, whose incident has those of many services.
      opened: (incidents as unknown as readonly Incident[])
        .filter(({ correlation }) => correlation?.rule !== 'storm')
        .map(({ service }) => service ?? ''),
    };
  } finally {
    await system.stop();
  }
}

describe('the local system is killed while it works', () => {
  it(
    '[F33] and loses no alert that it accepted, and opens none twice',
    async () => {
      const data = await mkdtemp(join(tmpdir(), 'crash-'));
      const port = await freePort();
      const begun = Date.now();
      const accepted: string[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        accepted.push(...(await killed(data, port, kill)));
        tell(`${kill + 1} of ${KILLS} kills, ${accepted.length} alerts accepted`, begun);
      }
      const { placed, opened } = await became(data);
      const lost = accepted.filter((service) => !placed.has(service));
      const twice = opened.length - new Set(opened).size;
      tell(`${opened.length} incidents, ${lost.length} lost, ${twice} twice`, begun);
      expect(lost).toEqual([]);
      expect(twice).toBe(0);
      await rm(data, { recursive: true, force: true });
    },
    KILLS * 60_000 + KILLS * ACCEPTED * 60,
  );
});

function tell(what: string, since: number): void {
  if (KILLS > 3) process.stderr.write(`${what}, after ${Math.round((Date.now() - since) / 1_000)} s\n`);
}
