import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { world } from '../../../support/detection-world.ts';
import { epoch, signal } from '../../../support/signals.ts';

const rule = (more: object) => ruleSchema.parse({ id: 'r', name: 'R', ...more });

/** When each incident pages first, in seconds; nothing where it pages nobody. */
const pagesOf = ({ memory }: ReturnType<typeof world>) =>
  [...memory.incidents.values()].map((one) =>
    one.state === 'triggered' && one.next ? (one.next.dueAt - epoch) / 1_000 : undefined,
  );

describe('an alert that must go on for a while before it pages', () => {
  const waiting = rule({ conditions: { minDuration: 300 } });

  it('opens its incident at once, and pages when it has gone on for so long', () => {
    const here = world(waiting);
    here.receive(2, signal('api', 'firing', 0));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
    expect(pagesOf(here)).toEqual([300]);
  });

  it('pages nobody when it ends before', () => {
    const here = world(waiting);
    here.receive(2, signal('api', 'firing', 0));
    here.receive(200, signal('api', 'resolved', 200));
    here.settle(211);
    expect(here.incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('that was told late counts from when it began', () => {
    const here = world(waiting);
    here.receive(250, signal('api', 'firing', 0));
    expect(pagesOf(here)).toEqual([300]);
    const later = world(waiting);
    later.receive(400, signal('api', 'firing', 0));
    expect(pagesOf(later)).toEqual([400]);
  });

  it('is held anew when it comes back', () => {
    const here = world(waiting);
    here.receive(0, signal('api', 'firing', 0));
    here.receive(200, signal('api', 'resolved', 200));
    here.settle(211);
    here.receive(400, signal('api', 'firing', 400));
    expect(pagesOf(here)).toEqual([700]);
  });
});

describe('[F64] the cooldown of a rule', () => {
  const cooling = rule({ group: { window: 960 }, actions: { cooldown: 7_200 } });
  const blip = (here: ReturnType<typeof world>, at: number, more = {}) => {
    here.receive(at, signal('api', 'firing', at, more));
    const [page] = pagesOf(here).slice(-1);
    here.receive(at + 60, signal('api', 'resolved', at + 60));
    here.settle(at + 71);
    return page;
  };

  it('longer than the grouping window: what opens within it pages when it has passed', () => {
    const here = world(cooling);
    expect([blip(here, 0), blip(here, 2_000), blip(here, 4_000)]).toEqual([0, 7_200, 7_200]);
    expect(here.incidents()).toHaveLength(3);
  });

  it('is counted from the last page that was due, and not from what ended before it', () => {
    const here = world(cooling);
    blip(here, 0);
    blip(here, 2_000);
    expect(blip(here, 7_300)).toBe(7_300);
    expect(blip(here, 9_000)).toBe(14_500);
  });

  it('is remembered longer than the windows of the group', () => {
    const here = world(rule({ group: { window: 960 }, actions: { cooldown: 80_000 } }));
    const pages = Array.from({ length: 12 }, (_, i) => blip(here, i * 2_000));
    expect(pages).toEqual([0, ...Array(11).fill(80_000)]);
  });

  it('holds a reopening, too, and no alert that makes it worse', () => {
    const here = world(cooling);
    blip(here, 0);
    here.receive(500, signal('api', 'firing', 500));
    expect(pagesOf(here)).toEqual([7_200]);
    here.receive(600, signal('db', 'firing', 600, { severity: 'P1_CRITICAL' }));
    expect(pagesOf(here)).toEqual([600]);
  });

  const [worse, quiet] = [{ severity: 'P1_CRITICAL' }, { severity: 'P4_LOW' }] as const;

  it('holds nothing worse than what was paged: an alert that reopens the incident and makes it worse', () => {
    const here = world(cooling);
    blip(here, 0);
    here.receive(300, signal('db', 'firing', 300, worse));
    expect(pagesOf(here)).toEqual([300]);
  });

  it('nor one that makes an incident page which was none for people', () => {
    const here = world(cooling);
    blip(here, 0);
    here.receive(2_000, signal('api', 'firing', 2_000, quiet));
    here.receive(2_060, signal('db', 'firing', 2_060, worse));
    expect(pagesOf(here)).toEqual([undefined, 2_060]);
  });

  it('nor one that opens an incident; as severe as that it is held, and less severe too', () => {
    const here = world(cooling);
    blip(here, 0);
    expect([blip(here, 2_000, worse), blip(here, 4_000, worse), blip(here, 6_000)]).toEqual([
      2_000, 9_200, 9_200,
    ]);
  });

  it('nor one that goes on when its incident is opened again, though nobody was paged when it joined', () => {
    const here = world(cooling);
    here.receive(0, signal('api', 'firing', 0));
    here.receive(60, signal('db', 'firing', 60, worse));
    here.receive(120, signal('api', 'resolved', 120), signal('db', 'resolved', 120));
    here.settle(131);
    here.receive(300, signal('db', 'firing', 300, worse));
    expect(pagesOf(here)).toEqual([300]);
  });

  it('is counted from the page that came at once, and not from when the one was due that it came instead of', () => {
    const here = world(cooling);
    blip(here, 0);
    here.receive(2_000, signal('api', 'firing', 2_000));
    here.receive(2_060, signal('db', 'firing', 2_060, worse));
    here.receive(2_120, signal('api', 'resolved', 2_120), signal('db', 'resolved', 2_120));
    here.settle(2_131);
    expect(blip(here, 5_000, worse)).toBe(9_260);
  });

  it('does not begin with a page that was held when another alert joined, and of which nobody heard', () => {
    const here = world(cooling);
    blip(here, 0);
    here.receive(2_000, signal('api', 'firing', 2_000));
    here.receive(2_010, signal('db', 'firing', 1_990));
    here.receive(2_060, signal('api', 'resolved', 2_060), signal('db', 'resolved', 2_060));
    here.settle(2_071);
    expect(blip(here, 7_300)).toBe(7_300);
  });

  it('does not begin with what pages nobody', () => {
    const here = world(cooling);
    blip(here, 0, { severity: 'P5_INFO' });
    expect(blip(here, 2_000)).toBe(2_000);
  });

  it('of other groups of the rule does not count', () => {
    const here = world(cooling);
    blip(here, 0);
    expect(blip(here, 100, { service: 'storage' })).toBe(100);
  });
});

describe('low urgency', () => {
  const low = rule({ actions: { urgency: 'low' } });

  it('records the incident and pages nobody, whatever its severity', () => {
    const here = world(low);
    here.receive(0, signal('api', 'firing', 0, { severity: 'P1_CRITICAL' }));
    here.receive(9, signal('db', 'firing', 9, { severity: 'P1_CRITICAL' }));
    expect(here.incidents()).toEqual(['triggered P1_CRITICAL generation 1']);
    expect([...here.memory.incidents.values()][0]?.urgency).toBe('low');
  });

  const mixed = [
    rule({ id: 'nights', continue: true, conditions: { when: 'env!="prod"' }, actions: { urgency: 'low' } }),
    rule({ id: 'all' }),
  ];
  const dev = { labels: { env: 'dev' } };
  const prod = { labels: { env: 'prod' } };

  it('ends when an alert that pages joins: at the same severity, too', () => {
    const here = world(...mixed);
    here.receive(0, signal('api', 'firing', 0, { severity: 'P2_HIGH', ...dev }));
    expect(pagesOf(here)).toEqual([undefined]);
    here.receive(9, signal('db', 'firing', 9, { severity: 'P4_LOW', ...prod }));
    expect(pagesOf(here)).toEqual([undefined]);
    here.receive(20, signal('web', 'firing', 20, { severity: 'P2_HIGH', ...prod }));
    expect(pagesOf(here)).toEqual([20]);
    expect([...here.memory.incidents.values()][0]?.urgency).toBeUndefined();
    here.receive(30, signal('cdn', 'firing', 30, { severity: 'P1_CRITICAL', ...dev }));
    expect(pagesOf(here)).toEqual([20]);
  });

  it('that makes a quiet incident severe pages nobody; what pages and joins afterwards does', () => {
    const here = world(...mixed);
    here.receive(0, signal('api', 'firing', 0, { severity: 'P5_INFO', ...prod }));
    here.receive(9, signal('db', 'firing', 9, { severity: 'P2_HIGH', ...dev }));
    expect(here.incidents()).toEqual(['triggered P2_HIGH generation 1']);
    here.receive(20, signal('web', 'firing', 20, { severity: 'P3_MEDIUM', ...prod }));
    expect(pagesOf(here)).toEqual([20]);
  });

  it('reopens without a page, and an incident that was loud is reopened quietly', () => {
    const here = world(...mixed);
    here.receive(0, signal('api', 'firing', 0, prod));
    here.receive(60, signal('api', 'resolved', 60));
    here.settle(71);
    here.receive(100, signal('db', 'firing', 100, dev));
    expect(here.incidents()).toEqual(['triggered P3_MEDIUM generation 2']);
    here.receive(110, signal('api', 'firing', 110, prod));
    expect(pagesOf(here)).toEqual([110]);
  });
});

describe('alerts that are kept without an incident', () => {
  const noise = { conditions: { when: 'env!="prod"' } };

  it.each([{ suppress: true }, { createIncident: false }])(
    '%j records the alert with the reason',
    (actions) => {
      const here = world(rule({ id: 'noise', name: 'Noise', ...noise, actions }), rule({ id: 'rest' }));
      here.receive(0, signal('api', 'firing', 0));
      expect(here.incidents()).toEqual([]);
      expect([...here.memory.heads.values()][0]?.ruledOut).toEqual({
        rule: 'noise',
        at: epoch,
        why: `Rule 'Noise' (its condition env!="prod" holds); grouped by service=checkout`,
      });
      expect(here.receive(60, signal('api', 'firing', 0))).toMatchObject({ keys: [], loose: [] });
      here.receive(90, signal('api', 'firing', 90, { labels: { env: 'prod' } }));
      expect(here.incidents()).toHaveLength(1);
      expect([...here.memory.heads.values()][0]?.ruledOut).toBeUndefined();
    },
  );

  it('dropped ones leave nothing, and what ends them later is no incident', () => {
    const here = world(rule({ ...noise, actions: { drop: true } }), rule({ id: 'rest' }));
    expect(here.receive(0, signal('api', 'firing', 0))).toEqual({
      keys: [],
      later: [],
      loose: [],
      settles: [],
      held: [],
      openings: [],
      releases: [],
    });
    expect(here.memory.heads.size).toBe(0);
    here.receive(60, signal('api', 'resolved', 60));
    expect(here.incidents()).toEqual([]);
  });
});
