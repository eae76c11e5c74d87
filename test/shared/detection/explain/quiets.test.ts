import { describe, expect, it } from 'vitest';
import type { Holder, Silence } from '../../../../shared/alerts/index.ts';
import { heldWords } from '../../../../shared/detection/explain/held-words.ts';
import { mutingLines, unmutedLines } from '../../../../shared/detection/explain/muting.ts';
import {
  type AlertHead,
  inhibitionSchema,
  mutingGroups,
  mutingOf,
  ruleSchema,
  unknownRule,
} from '../../../../shared/detection/index.ts';
import { mutedBy } from '../../../../shared/detection/inhibition/sources.ts';
import { whyHeld } from '../../../../shared/detection/suppressed.ts';
import { sortedLabels } from '../../../../shared/incidents/index.ts';
import { idOf, MINUTE, SECOND } from '../../../../shared/kernel/index.ts';
import { DetectionMemory } from '../../../support/detection-memory.ts';
import { explained, kept, recordOf, told } from '../../../support/explained.ts';
import { ann, T0 } from '../../../support/given.ts';
import { epoch, org, signal } from '../../../support/signals.ts';

const at = (seconds: number) => epoch + seconds * SECOND;
const fired = signal('a', 'firing', 0, { title: 'api is failing', labels: { env: 'prod', team: 'web' } });
const silence = (name: string, matchers: Silence['matchers'], more: Partial<Silence> = {}): Silence => ({
  ...{ kind: 'silence', id: idOf('silence', T0, name), matchers, comment: 'a test', version: 1 },
  ...{ createdBy: ann, createdAt: T0, from: at(-10), to: at(600) },
  ...more,
});
const is = (name: string, value: string) => ({ name, op: '=', value }) as const;

function quietOf(silences: readonly Silence[], now = at(10)) {
  const memory = new DetectionMemory([], { quiets: silences });
  memory.receive([{ ...kept(fired).from, kind: 'signals', org, signals: [fired] }], at(0));
  return explained(memory, kept(fired), now);
}

describe('what is told of silences', () => {
  it('says of one that lasts until a resolve that this ends it, too', () => {
    const said = quietOf([silence('a', [is('env', 'prod')], { untilResolved: true })]);
    expect(said.summary).toMatch(/UTC, or until the alert is resolved \(.+ from now\)\. So/);
    expect(told(said, 'quiet')[0]).toContain('UTC, or until the alert is resolved (');
  });

  it('cuts nothing but a long comment, after a whole word', () => {
    const comment =
      'replacing disks on db-3 and db-4, ticket OPS-1234, ask Ada before you page anybody about this';
    const { summary } = quietOf([silence('a', [is('env', 'prod')], { comment })]);
    expect(summary).toMatch(
      /^Silence sil_\w+ \(replacing disks on db-3 and db-4, ticket OPS-1234, ask Ada…\) holds it back, until /,
    );
    const ended = quietOf([silence('a', [is('env', 'prod')], { comment, to: at(60) })], at(70));
    expect(ended.summary).toContain('…) held it back until ');
    for (const kind of ['silence', 'maintenance'] as const)
      expect(
        whyHeld({ ...silence('a', []), kind, services: [], comment: '語'.repeat(500) } as Holder, 120),
      ).toMatch(/^[SM].* (sil|mwn)?_?\w+ \(語+…\) holds it back$/);
    const [muted] = mutedBy(
      { hash: 'h', rule: 'A long name of a rule about clusters, and nodes' },
      [{ fingerprint: 's', title: 't'.repeat(60), from: 0, last: 0 }],
      { fingerprint: 'a' },
    );
    const why = muted && whyHeld(muted, 120);
    expect(why).toMatch(/^Inhibition 'A long name of a rule about…' \(“t+…” fires\) holds it back$/);
    expect(Buffer.byteLength(why ?? '')).toBeLessThanOrEqual(120);
  });

  it('says of two that hold at once that both do, though neither waits for a resolve', () => {
    const short = silence('short', [is('env', 'prod')], { to: at(60) });
    const long = silence('long', [is('team', 'web')], { to: at(200) });
    const [, first, second] = told(quietOf([short, long]), 'quiet');
    expect(first).toMatch(/^Silence .* fits: team="web"\. It holds from /);
    expect(second).toMatch(/^Silence .* fits as well: env="prod"\. It holds from .* until /);
  });

  it('says of one that is over that it held the alert back', () => {
    const said = quietOf([silence('a', [is('env', 'prod')], { to: at(60) })], at(60) + MINUTE);
    expect(told(said, 'quiet')[0]).toMatch(/held it back (until|at) /);
    expect(told(said, 'quiet')[0]).not.toContain('which is over');
  });

  it('says of one that was changed over the alert that it held it back until then', () => {
    const mine = silence('a', [is('env', 'prod')]);
    const memory = new DetectionMemory([], { quiets: [mine] });
    memory.receive([{ ...kept(fired).from, kind: 'signals', org, signals: [fired] }], at(0));
    memory.quiets = [{ ...mine, matchers: [is('env', 'staging')] }];
    memory.releaseOne(mine.id, at(120));
    const said = explained(memory, kept(fired), at(180));
    expect(said.outcome).toBe('incident');
    expect(said.steps.find(({ about }) => about === 'quiet')).toMatchObject({ basis: 'recorded' });
    expect(told(said, 'quiet')[0]).toMatch(
      /^Silence .* held it back until .*: then it was changed, and was not about this alert\. The alert counts for incidents since\.$/,
    );
  });

  it('says of what was let go after the alert had ended that it came into no incident', () => {
    const memory = new DetectionMemory([], { quiets: [silence('a', [is('env', 'prod')])] });
    const over = signal('a', 'resolved', 60);
    memory.receive([{ ...kept(fired).from, kind: 'signals', org, signals: [fired, over] }], at(60));
    const { suppressed, ...head } = memory.heads.get(fired.fingerprint) ?? {};
    const { by, why } = suppressed ?? {};
    const letGo = { firing: at(0), by, why, at: at(3_000) };
    const said = explained(memory, kept(fired), at(3_100), { head: { ...head, letGo } as AlertHead });
    expect(said.summary).toMatch(
      /came into no incident: it was held back until .*03:50:00 UTC, and had ended by then\./,
    );
    expect(said.steps.find(({ about }) => about === 'quiet')?.text).toMatch(
      /until .*03:50:00 UTC: then .*\. The alert had ended by then\.$/,
    );
  });

  it('tells of an end of what held it back only where it went on over that', () => {
    const quiets = [silence('a', [is('env', 'prod')])];
    const memory = new DetectionMemory([], { quiets });
    memory.receive([{ ...kept(fired).from, kind: 'signals', org, signals: [fired] }], at(0));
    const { suppressed, ...head } = memory.heads.get(fired.fingerprint) ?? {};
    const linesAt = (released: number) =>
      explained(memory, kept(fired), at(3_100), {
        head: { ...head, suppressed: { ...suppressed, released: [at(released)] } } as AlertHead,
      }).steps.find(({ about }) => about === 'quiet')?.lines;
    const ended = expect.stringContaining('ended over it at');
    expect([linesAt(600), linesAt(-600)]).toEqual([
      expect.arrayContaining([ended]),
      expect.not.arrayContaining([ended]),
    ]);
  });

  it('says of very many first what holds it as well, and of the rest how many do', () => {
    const later = Array.from({ length: 3 }, (_, i) =>
      silence(`l${i}`, [is('env', 'prod')], { from: at(99) }),
    );
    const now = Array.from({ length: 12 }, (_, i) => silence(`n${i}`, [is('env', 'prod')]));
    const lines = told(quietOf([...later, ...now]), 'quiet').slice(1);
    expect(lines.filter((line) => / fits( as well)?: /.test(line))).toHaveLength(10);
    expect(lines.slice(-2)).toEqual([
      '2 others fit as well.',
      '3 others would fit, or nearly, and do not hold it back.',
    ]);
  });

  it('counts those that do not fit, and names what nearly does', () => {
    const said = quietOf([
      silence('a', [is('env', 'staging')]),
      silence('b', [is('team', 'search')]),
      silence('c', [is('env', 'prod'), is('team', 'search')]),
    ]);
    const [text, ...lines] = told(said, 'quiet');
    expect(text).toBe('3 silences and maintenance windows were looked at, none of which holds it back.');
    expect(lines).toEqual([
      expect.stringContaining('(a test) nearly fits: team="search" does not hold, it saw "web".'),
      '2 do not fit.',
    ]);
  });
});

describe('a rule that is asked after', () => {
  it('is refused with what there is when no version has it', () => {
    const rule = ruleSchema.parse({ id: 'own', name: 'Own' });
    const record = recordOf(new DetectionMemory([rule]), kept(fired), at(10));
    expect(unknownRule('nope', record)).toBe("There is no rule 'nope' here; there are own, default.");
    expect(unknownRule('defalt', record)).toContain("own, default; did you mean 'default'?");
    expect(unknownRule('own', record)).toBeUndefined();
    expect(unknownRule('default', record)).toBeUndefined();
  });
});

describe('the labels of an alert', () => {
  it('are told by name, in whatever order they came', () => {
    const [one, other] = [sortedLabels({ b: '1', a: '2' }), sortedLabels({ a: '2', b: '1' })];
    expect(Object.keys(one)).toEqual(['a', 'b']);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});

describe('what is told of alerts that mute another', () => {
  const labels = (alertname: string) => ({ alertname, cluster: 'eu' });
  const target = signal('b', 'firing', 0, { title: 'Instance down', labels: labels('InstanceDown') });
  const source = { fingerprint: 'c'.repeat(64), title: 'Cluster down', from: at(-30), last: at(-30) };
  const rule = inhibitionSchema.parse({
    ...{ id: 'down', source: 'alertname="ClusterDown"', target: 'alertname="InstanceDown"' },
    equal: ['cluster', 'zone'],
  });
  const guardOf = (hash: string) => ({ hash, version: 1, grouping: 0, windows: [], sources: [source] });

  it('names the alert, since when it fires, and the equal values', () => {
    const last = { ...kept(target), source: 'kept' } as const;
    const mutings = mutingGroups([rule], last).map((one) => mutingOf(one, guardOf(one.hash)));
    const [muting] = mutings;
    expect(muting && mutingLines(muting, target.fingerprint, at(0))).toEqual([
      '“Cluster down” mutes it, which fired at 2026-11-23 02:59:30 UTC, 30 s before it. Equal are cluster: "eu", zone: nothing.',
    ]);
    expect(mutingLines(muting, target.fingerprint, at(-60))).toEqual([]);
    expect(unmutedLines(mutings, target.fingerprint, at(0))).toEqual([]);
    expect(unmutedLines(mutings, target.fingerprint, at(-60))).toEqual([
      `Inhibition 'down' mutes it while one of its sources with cluster: "eu" and with zone: nothing fires; none did at 2026-11-23 02:59:00 UTC, by what was told of them since it is in force.`,
    ]);
    expect(mutingGroups([], last)).toEqual([]);
  });

  it('says of one that has just ended until when it still mutes, and of one that ended before when that was', () => {
    const last = { ...kept(target), source: 'kept' } as const;
    const [group] = mutingGroups([rule], last);
    if (!group) throw new Error('It is a target');
    const endedAt = (to: number) => {
      const guard = { ...guardOf(group.hash), sources: [{ ...source, to }] };
      return mutingOf(group, guard);
    };
    const held = {
      ...{ by: `inh_${group.hash}`, kind: 'inhibition', until: at(9_999) },
      ...{ why: "Inhibition 'down' (“Cluster down” fires) holds it back", firings: [[at(0), -1]] },
    } as const;
    const head = { fingerprint: target.fingerprint, firings: [at(0)], resolves: [] };
    const wordsAt = (now: number) =>
      heldWords({ now, muting: endedAt(at(30)), quiets: [], head } as never, held as never);
    expect(wordsAt(at(50))).toBe(
      "Inhibition 'down' (“Cluster down” fires) holds it back, until 2026-11-23 03:01:30 UTC, 1 min after what mutes it had ended, at 2026-11-23 03:00:30 UTC; if it still fires then, it is placed",
    );
    expect(wordsAt(at(100))).toMatch(
      /held it back until 2026-11-23 03:01:30 UTC, 1 min after .*03:00:30 UTC$/,
    );
    expect(unmutedLines([endedAt(at(-90))], target.fingerprint, at(0))[0]).toContain(
      '“Cluster down” had until 2026-11-23 02:58:30 UTC, 1 min before; it mutes for 1 min after its end.',
    );
  });
});
