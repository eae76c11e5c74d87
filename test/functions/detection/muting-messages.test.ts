import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { command, loadIncident } from '../../../functions/aws/incident-log.ts';
import { allGroups, notePage, readGroup } from '../../../functions/aws/muting-groups.ts';
import type { HolderId, ReleaseMessage } from '../../../shared/alerts/index.ts';
import { Inhibitions, inhibitionSchema, type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { DAY, type IncidentId, MINUTE, type OrganisationId, system } from '../../../shared/kernel/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { listQueues } from '../../support/order/message-queues.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const down = inhibitionSchema.parse({ id: 'down', source: 'kind="cluster"', target: 'kind="instance"' });
const severe = inhibitionSchema.parse({
  id: 'severe',
  source: '@severity="P1_CRITICAL"',
  target: '@severity="P3_MEDIUM"',
});

/** A world whose messages of releases are counted, and whose queue may be down for so many times. */
function worldOf(org: OrganisationId, rules: readonly Rule[], inhibitions = [down]) {
  const lists = listQueues();
  const state = { fails: 0, releases: [] as ReleaseMessage[] };
  const queues: typeof lists = {
    ...lists,
    async sendAlertQueue(messages) {
      if (state.fails-- > 0) throw new Error('The queue is down');
      const bodies = messages.map(({ body }) => body as ReleaseMessage);
      state.releases.push(...bodies.filter(({ kind }) => kind === 'release'));
      await lists.sendAlertQueue(messages);
    },
  };
  const world = new DetectionOnEngine(org, rules, { inhibitions: new Inhibitions(inhibitions), queues });
  const receive = (at: number, ...signals: readonly ReturnType<typeof signal>[]) => {
    world.now = epoch + at * 1_000;
    return world.receive([post(...signals)]);
  };
  return { world, state, receive };
}

const of = (kind: string, more: object = {}) => ({ labels: { kind }, ...more });

describe('alerts that mute others, by what is written and sent on the table', () => {
  it('write nothing when they are repeated, nor does what a silence holds back', async () => {
    const { world, receive } = worldOf('org_REPEATS', [byService]);
    await world.silence([silence(-60, 4_000, [{ name: 'title', op: '=~', value: 'held.*' }])]);
    const labels = { kind: 'cluster', zone: 'a', area: 'b' };
    for (let time = 0; time < 4; time++)
      await receive(1 + time, signal('c', 'firing', 0, { labels }), signal('held', 'firing', 0, { labels }));
    const { guards, heads } = await world.read();
    expect([...guards.values()].filter(({ sources }) => sources).map(({ version }) => version)).toEqual([1]);
    // The source's head is written once more when its incident's log numbers it.
    expect(heads.get(fingerprint('held'))?.version).toBe(1);
  });

  it('are asked after once for an end, however many are held back by others that they muted once', async () => {
    const { world, state, receive } = worldOf('org_MULTIPLY', [byService], [severe, down]);
    const names = Array.from({ length: 12 }, (_, i) => `i${i}`);
    const say = (at: number, severity: 'P1_CRITICAL' | 'P3_MEDIUM') =>
      names.map((name) => signal(name, 'firing', at, of('instance', { severity })));
    await receive(0, signal('down', 'firing', 0, of('cluster', { severity: 'P2_HIGH' })));
    await receive(1, signal('worst', 'firing', 1, of('other', { severity: 'P1_CRITICAL' })));
    await receive(10, ...say(10, 'P1_CRITICAL'));
    await receive(100, ...say(100, 'P3_MEDIUM'));
    await receive(300, signal('worst', 'resolved', 300));
    expect(state.releases.length).toBeLessThan(4);
    for (let round = 0; round < 4; round++) {
      world.now += 62_000;
      await world.release();
    }
    expect(state.releases.length).toBeLessThan(4);
  });

  it('are asked after once a day where a silence holds on what they held back', async () => {
    const { world, receive } = worldOf('org_HELDON', [byService]);
    await world.silence([silence(500, 40_000, [{ name: 'title', op: '=~', value: 'i .*' }])]);
    await receive(0, signal('c', 'firing', 0, of('cluster')));
    await receive(60, signal('i', 'firing', 60, of('instance')));
    await receive(600, signal('c', 'resolved', 600));
    for (let minute = 11; minute < 18; minute++) {
      world.now = epoch + minute * MINUTE;
      await world.release();
    }
    const { by = 'inh_none' } = (await world.read()).heads.get(fingerprint('i'))?.suppressed ?? {};
    expect((await readGroup(world.org, by))?.dueAt).toBeGreaterThan(world.now + DAY / 2);
    // The silence looks at it itself.
    world.now = epoch + 40_060_000;
    await world.release();
    expect((await world.read()).heads.get(fingerprint('i'))?.memberships).toHaveLength(1);
  });

  it('that end by themselves have it told once more when the message failed, also long after', async () => {
    const { world, state, receive } = worldOf('org_LAPSED', [byService]);
    await receive(0, signal('c', 'firing', 0, of('cluster', { service: 'c', until: epoch + 240_000 })));
    await receive(10, signal('i', 'firing', 10, of('instance', { service: 'i' })));
    world.now = epoch + 1_440_000;
    state.fails = 1;
    await world.ask([fingerprint('c')]);
    expect(state.fails).toBeLessThan(0);
    expect(state.releases).toHaveLength(1);
  });
});

/** Puts the first page of an incident off for long, as the escalation does for a group that holds it. */
async function putOff(org: OrganisationId, id: IncidentId, heldBy: HolderId, now: number): Promise<void> {
  const incident = await loadIncident(org, id);
  if (incident?.state !== 'triggered' || !incident.next) throw new Error('It waits for its first page');
  const next = { step: incident.next.step, dueAt: now + DAY, heldBy };
  const wanted = { do: 'put-off', generation: 1, next, by: 'A test' } as const;
  await command(org, id, wanted, { actor: system('escalation'), now });
}

describe('a first page that alerts hold', () => {
  it('is due at once when its alert is muted by nothing any longer, also where that has lost a race', async () => {
    const lasting = ruleSchema.parse({ ...byService, conditions: { minDuration: 60 } });
    const { world, receive } = worldOf('org_LOOKAGAIN', [lasting]);
    const say = (at: number, kind: string) =>
      signal('i', 'firing', at, of(kind, { severity: 'P1_CRITICAL', title: `I am ${kind}` }));
    await receive(1, say(0, 'instance'));
    const [id = 'inc_NONE' as IncidentId] = (await world.read()).incidents.keys();
    await putOff(world.org, id, 'inh_any', epoch + 5_000);
    const by = { actor: system('test'), now: epoch + 100_000 };
    onceBefore('TransactWriteItemsCommand', () =>
      command(world.org, id, { do: 'rename', title: 'Renamed' }, by),
    );
    await receive(120, say(100, 'database'));
    const after = (await world.read()).incidents.get(id);
    expect(after).toMatchObject({ title: 'Renamed', next: { dueAt: epoch + 120_000 } });
  });

  it('is written about at no change of the configuration while they mute it, and comes sooner when they ended', async () => {
    const org = 'org_CHANGES' as OrganisationId;
    const { world, receive } = worldOf(org, [byService]);
    await receive(0, signal('i', 'firing', 0, of('instance', { severity: 'P1_CRITICAL', service: 'one' })));
    await receive(1, signal('c', 'firing', 1, of('cluster', { severity: 'P1_CRITICAL', service: 'two' })));
    const { incidents, heads } = await world.read();
    const [[group = ''] = []] = heads.get(fingerprint('i'))?.mutable ?? [];
    const [held] = [...incidents.values()].filter(({ service }) => service === 'one');
    if (!held) throw new Error('It opened one');
    const quiet: HolderId = `inh_${group}`;
    await putOff(org, held.id, quiet, epoch + 1_000);
    await notePage(org, { quiet, dueAt: epoch + 1_000 + DAY, mark: 'a test' });
    const changedAt = async (at: number) => {
      world.now = epoch + at * 1_000;
      await world.releaseOf(allGroups);
      const after = (await world.read()).incidents.get(held.id);
      return after?.state === 'triggered' ? [after.version - held.version, after.next] : [];
    };
    const kept = { step: 1, heldBy: quiet, dueAt: epoch + 1_000 + DAY };
    expect(await changedAt(60)).toEqual([1, kept]);
    expect(await changedAt(120)).toEqual([1, kept]);
    await receive(200, signal('c', 'resolved', 200));
    expect(await changedAt(210)).toEqual([2, { ...kept, dueAt: epoch + 260_000 }]);
    expect(await changedAt(220)).toEqual([2, { ...kept, dueAt: epoch + 260_000 }]);
    expect(await changedAt(300)).toEqual([2, { ...kept, dueAt: epoch + 260_000 }]);
  });

  it('is written about only when its own group ends, or one that holds one of its alerts', async () => {
    const org = 'org_WAKES' as OrganisationId;
    const { world, receive } = worldOf(org, [byService]);
    await receive(0, signal('a', 'firing', 0, of('instance', { severity: 'P1_CRITICAL', service: 'one' })));
    await receive(1, signal('b', 'firing', 1, of('disk', { severity: 'P1_CRITICAL', service: 'two' })));
    const { incidents, heads } = await world.read();
    const [[group = ''] = []] = heads.get(fingerprint('a'))?.mutable ?? [];
    const wokenBy = async (quiet: HolderId, at: number) => {
      for (const { id } of incidents.values()) await putOff(org, id, 'inh_theirs', epoch + at * 1_000);
      world.now = epoch + at * 1_000 + MINUTE;
      await notePage(org, { quiet, dueAt: world.now, mark: String(at) });
      await world.release();
      const after = [...(await world.read()).incidents.values()];
      const woken = after.filter((one) => one.state === 'triggered' && one.next?.heldBy === undefined);
      return woken.map(({ service }) => service).toSorted();
    };
    expect(await wokenBy('inh_another', 100)).toEqual([]);
    expect(await wokenBy(`inh_${group}`, 400)).toEqual(['one']);
    expect(await wokenBy('inh_theirs', 800)).toEqual(['one', 'two']);
  });
});

/** Has something happen just before the next write of its kind. */
function onceBefore(operation: string, happens: () => Promise<unknown>): void {
  const name = `before ${operation}`;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === operation && client.middlewareStack.remove(name)) await happens();
        return next(args);
      },
    { step: 'initialize', name },
  );
}
