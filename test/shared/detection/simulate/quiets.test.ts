import { describe, expect, it } from 'vitest';
import type { Quiet } from '../../../../shared/alerts/index.ts';
import {
  Inhibitions,
  inhibitionSchema,
  Replay,
  type Rule,
  ruleSchema,
} from '../../../../shared/detection/index.ts';
import { HOUR, SECOND } from '../../../../shared/kernel/index.ts';
import { epoch, org, post, signal } from '../../../support/signals.ts';
import { maintenance, silence } from '../../../support/silences.ts';

const rule = (more: object): Rule => ruleSchema.parse({ id: 'r', name: 'One', ...more });
const byTitle = rule({ group: { by: ['title'] } });
const everything = [{ name: 'title', op: '=~', value: '.*' }] as const;

const secondsOf = (times: readonly number[]) => times.map((time) => (time - epoch) / SECOND);

/** How many incidents there are in the end, and how many of them are storms. */
function count(replay: Replay, hours: number): readonly number[] {
  const { incidents } = replay.finish(epoch + hours * HOUR);
  return [incidents.length, incidents.filter((one) => one.rule === 'storm').length];
}

describe('what was held back comes as one storm when it is played again', () => {
  it('after a silence, of whatever minute each was', () => {
    const quiets: readonly Quiet[] = [silence(0, 36_000, everything)];
    const replay = new Replay(org, [byTitle], { quiets, stormLimit: 20 });
    for (let i = 0; i < 80; i++) replay.receive(post(signal(`a${i}`, 'firing', 60 * (i + 1))));
    expect(count(replay, 12)).toEqual([21, 1]);
  });

  it('after what muted it', () => {
    const down = inhibitionSchema.parse({ id: 'down', source: 'on="cluster"', target: 'on="instance"' });
    const replay = new Replay(org, [byTitle], { inhibitions: new Inhibitions([down]), stormLimit: 20 });
    replay.receive(post(signal('cluster', 'firing', 0, { labels: { on: 'cluster' } })));
    for (let i = 0; i < 80; i++)
      replay.receive(post(signal(`a${i}`, 'firing', 60 + i * 30, { labels: { on: 'instance' } })));
    replay.receive(post(signal('cluster', 'resolved', 6_000)));
    expect(count(replay, 3)).toEqual([22, 1]);
  });
});

it('what is held back is placed by the newest that was said, also where an older firing is told later', () => {
  const quiets = [silence(120, 360, everything), silence(0, 120, everything)];
  const replay = new Replay(org, [], { quiets });
  const told = (at: number, receivedAt: number, service: string) =>
    replay.receive({
      ...post(signal('a', 'firing', at, { service })),
      receivedAt: epoch + receivedAt * SECOND,
    });
  told(120, 120, 'web');
  told(0, 240, 'checkout');
  expect(replay.finish(epoch + HOUR).incidents.map(({ key }) => key)).toEqual(['service=web']);
});

it('what a second silence holds until a moment after the first is placed at that moment: the first is still asked after', () => {
  const quiets = [silence(0, 600, everything), silence(540, 720, everything)];
  const replay = new Replay(org, [], { quiets });
  replay.receive(post(signal('a', 'firing', 60)));
  expect(replay.finish(epoch + HOUR).incidents.map(({ pages }) => secondsOf(pages))).toEqual([[720]]);
});

describe('a page under maintenance that is played again', () => {
  it('comes when the maintenance ends, if it was due during it', () => {
    const quiets = [maintenance(300, 7_200, 'checkout')];
    const replay = new Replay(org, [rule({ conditions: { minDuration: 600 } })], { quiets });
    replay.receive(post(signal('a', 'firing', 0)));
    const { incidents } = replay.finish(epoch + 3 * HOUR);
    expect(incidents.map(({ pages }) => secondsOf(pages))).toEqual([[7_200]]);
  });

  it('does not come when all is over by then', () => {
    const quiets = [maintenance(300, 7_200, 'checkout')];
    const replay = new Replay(org, [rule({ conditions: { minDuration: 600 } })], { quiets });
    replay.receive(post(signal('a', 'firing', 0)));
    replay.receive(post(signal('a', 'resolved', 900)));
    expect(replay.finish(epoch + 3 * HOUR).incidents.map(({ pages }) => pages)).toEqual([[]]);
  });
});
