import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import { Inhibitions, inhibitionSchema, mutedPage, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const down = inhibitionSchema.parse({
  id: 'cluster-down',
  source: 'alertname="ClusterDown"',
  target: 'alertname="InstanceDown"',
  equal: ['cluster'],
});

const rules = [ruleSchema.parse({ id: 'title', name: 'By title', group: { by: ['title'] } })];

function world() {
  const memory = new DetectionMemory(rules, { inhibitions: new Inhibitions([down]) });
  return {
    memory,
    receive: (at: number, ...signals: readonly Signal[]) =>
      memory.receive([post(...signals)], epoch + at * 1_000),
    /** What is looked at again when those that muted have ended. */
    release: (at: number) => {
      for (const holder of memory.releases()) memory.releaseOne(holder, epoch + at * 1_000);
    },
    titles: () => [...memory.incidents.values()].map(({ title }) => title).toSorted(),
  };
}

const labels = (alertname: string, cluster: string) => ({ alertname, cluster });
const cluster = (name: string, at: number) =>
  signal(`cluster ${name}`, 'firing', at, {
    title: `Cluster ${name} is down`,
    labels: labels('ClusterDown', name),
  });
const instance = (name: string, of: string, at: number) =>
  signal(`instance ${name}`, 'firing', at, {
    title: `Instance ${name} is down`,
    labels: labels('InstanceDown', of),
  });
const ends = (name: string, at: number) => signal(name, 'resolved', at);

describe('an alert that mutes others', () => {
  it('keeps those that are equal to it out of incidents while it fires, and no others', () => {
    const { receive, titles, memory } = world();
    receive(0, cluster('eu', 0));
    receive(10, instance('a', 'eu', 10), instance('b', 'us', 10));
    expect(titles()).toEqual(['Cluster eu is down', 'Instance b is down']);
    expect(memory.heads.get(fingerprint('instance a'))?.suppressed).toMatchObject({
      kind: 'inhibition',
      why: "Inhibition 'cluster-down' (“Cluster eu is down” fires) holds it back",
    });
  });

  it('does so within one batch, whichever stands first', () => {
    const { receive, titles } = world();
    receive(10, instance('a', 'eu', 10), cluster('eu', 5));
    expect(titles()).toEqual(['Cluster eu is down']);
  });

  it('when it ends, what still fires a minute later is placed, and what ended with it is not', () => {
    const { receive, release, titles, memory } = world();
    receive(0, cluster('eu', 0));
    receive(10, instance('a', 'eu', 10), instance('b', 'eu', 10));
    receive(600, ends('cluster eu', 600));
    receive(630, ends('instance b', 630));
    release(661);
    expect(titles()).toEqual(['Cluster eu is down', 'Instance a is down']);
    const placed = [...memory.incidents.values()].find(({ title }) => title === 'Instance a is down');
    expect(placed?.openedAt).toBe(epoch + 660_000);
  });

  it('that fires again within the minute goes on muting', () => {
    const { receive, release, titles } = world();
    receive(0, cluster('eu', 0));
    receive(10, instance('a', 'eu', 10));
    receive(600, ends('cluster eu', 600));
    receive(620, cluster('eu', 620));
    release(661);
    expect(titles()).toEqual(['Cluster eu is down']);
    receive(900, ends('cluster eu', 900));
    release(961);
    expect(titles()).toEqual(['Cluster eu is down', 'Instance a is down']);
  });

  it('mutes no longer what it was equal to before it changed, and does so again when it changes back', () => {
    const moved = (to: string, at: number) =>
      signal('cluster eu', 'firing', at, { title: 'Cluster eu is down', labels: labels('ClusterDown', to) });
    const { receive, titles } = world();
    receive(0, moved('eu', 0));
    receive(100, moved('us', 100));
    receive(100, moved('eu', 50));
    receive(300, instance('a', 'eu', 300), instance('b', 'us', 300));
    expect(titles()).toEqual(['Cluster eu is down', 'Instance a is down']);
    receive(400, moved('eu', 400));
    receive(600, instance('c', 'eu', 600), instance('d', 'us', 600));
    expect(titles()).toEqual(['Cluster eu is down', 'Instance a is down', 'Instance d is down']);
  });

  it('mutes no longer, however often it is told as what it is now, nor when that ends', () => {
    const { receive, titles } = world();
    receive(0, cluster('eu', 0));
    const now = (at: number) =>
      signal('cluster eu', 'firing', at, {
        title: 'Cluster eu is slow',
        labels: labels('ClusterSlow', 'eu'),
      });
    for (let at = 50; at <= 300; at += 50) receive(at, now(at));
    receive(310, instance('a', 'eu', 310));
    receive(600, ends('cluster eu', 600));
    receive(610, instance('b', 'eu', 610));
    expect(titles().filter((title) => title.startsWith('Instance'))).toHaveLength(2);
  });

  it('leaves none of many groups muted when it has gone from one to the next and ended', () => {
    const { receive, titles } = world();
    for (let i = 0; i < 12; i++)
      receive(
        i * 10,
        signal('cluster eu', 'firing', i * 10, {
          title: 'Cluster eu is down',
          labels: labels('ClusterDown', `c${i}`),
        }),
      );
    receive(200, ends('cluster eu', 200));
    receive(400, ...Array.from({ length: 12 }, (_, i) => instance(`i${i}`, `c${i}`, 400)));
    expect(titles()).toHaveLength(13);
  });

  it('that is muted itself by now has its group looked at for some minutes, not for as long as it is held', () => {
    const { receive, memory } = world();
    const other = { title: 'Cluster eu is down, too', labels: labels('ClusterDown', 'eu') };
    receive(0, cluster('eu', 0), signal('other', 'firing', 0, other));
    receive(
      50,
      signal('cluster eu', 'firing', 50, { title: 'One is down', labels: labels('InstanceDown', 'eu') }),
    );
    expect(memory.heads.get(fingerprint('cluster eu'))?.suppressed).toMatchObject({ kind: 'inhibition' });
    let asked = 0;
    for (let at = 111; at < 7_200; at += 61)
      for (const holder of memory.releases()) {
        asked += 1;
        memory.releaseOne(holder, epoch + at * 1_000);
      }
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(20);
  });

  it('mutes nothing that fired before it, nor itself', () => {
    const { receive, titles } = world();
    receive(0, instance('a', 'eu', 0));
    receive(10, cluster('eu', 10));
    expect(titles()).toEqual(['Cluster eu is down', 'Instance a is down']);
    const all = inhibitionSchema.parse({ id: 'all', source: 'cluster="eu"', target: 'cluster="eu"' });
    const memory = new DetectionMemory(rules, { inhibitions: new Inhibitions([all]) });
    memory.receive([post(cluster('eu', 0), instance('a', 'eu', 0))], epoch);
    expect(memory.incidents.size).toBe(2);
  });

  it('mutes the first page of what fired before it, if it mutes all that fires in the incident', () => {
    const { receive, memory } = world();
    receive(0, instance('a', 'eu', 0));
    receive(10, cluster('eu', 10));
    const [incident] = [...memory.incidents.values()];
    expect(incident?.mutable).toBe(true);
    const head = memory.heads.get(fingerprint('instance a'));
    const inForce = new Inhibitions([down]);
    const at = epoch + 20_000;
    if (!head) throw new Error('the alert is known');
    expect(mutedPage([head], memory.guards, inForce, at)).toMatchObject({
      why: "Inhibition 'cluster-down' (“Cluster eu is down” fires)",
    });
    const { mutable: _, ...free } = head;
    expect(mutedPage([head, free], memory.guards, inForce, at)).toBeUndefined();
    expect([...(mutedPage([head], memory.guards, inForce, at)?.groups.values() ?? [])]).toEqual([
      epoch + 10_000 + 86_400_000,
    ]);
    const renamed = new Inhibitions([{ ...down, name: 'Another name' }]);
    expect(mutedPage([head], memory.guards, renamed, at)).toBeDefined();
    expect(mutedPage([head], memory.guards, new Inhibitions([{ ...down, equal: [] }]), at)).toBeUndefined();
    receive(30, ends('cluster eu', 30));
    expect(mutedPage([head], memory.guards, inForce, epoch + 89_000)).toBeDefined();
    expect(mutedPage([head], memory.guards, inForce, epoch + 90_000)).toBeUndefined();
  });

  it('mutes a page by all groups that hold its alerts, of which each may let it go', () => {
    const { receive, memory } = world();
    receive(0, instance('a', 'eu', 0), instance('b', 'us', 0));
    receive(10, cluster('eu', 10));
    receive(20, cluster('us', 20));
    const heads = ['instance a', 'instance b'].flatMap((name) => memory.heads.get(fingerprint(name)) ?? []);
    const muted = mutedPage(heads, memory.guards, new Inhibitions([down]), epoch + 30_000);
    expect(muted?.groups.size).toBe(2);
    receive(40, ends('cluster us', 40));
    expect(mutedPage(heads, memory.guards, new Inhibitions([down]), epoch + 101_000)).toBeUndefined();
  });

  it('loses nothing: what fires on when all that muted has ended is in an incident', () => {
    const step = fc.record({
      name: fc.constantFrom('cluster eu', 'instance a', 'instance b'),
      isEnd: fc.boolean(),
      after: fc.integer({ min: 1, max: 120 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { receive, release, memory } = world();
        let at = 0;
        for (const { name, isEnd, after } of steps) {
          at += after;
          release(at);
          const [kind = '', of = ''] = name.split(' ');
          if (isEnd) receive(at, ends(name, at));
          else receive(at, kind === 'cluster' ? cluster(of, at) : instance(of, 'eu', at));
        }
        receive(at + 1, ends('cluster eu', at + 1));
        release(at + 62);
        for (const head of memory.heads.values()) {
          const last = head.firings.at(-1) ?? 0;
          if (last <= (head.resolves.at(-1) ?? 0)) continue;
          expect(head.memberships.length, head.title).toBeGreaterThan(0);
        }
      }),
    );
  });
});
