import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../shared/alerts/index.ts';
import {
  type AlertHead,
  endedAt,
  isOnIn,
  MAX_EVENTS,
  placedOccurrences,
  type Rule,
  ruleSchema,
  withRoutes,
} from '../../../shared/detection/index.ts';
import { DetectionMemory, outcome } from '../../support/detection-memory.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const severe = ruleSchema.parse({
  id: 'severe',
  name: 'Severe',
  conditions: { when: 'severity at least P2' },
});
const rest = ruleSchema.parse({ id: 'rest', name: 'The rest' });
const quiet = ruleSchema.parse({
  id: 'quiet',
  name: 'Quiet',
  conditions: { when: '@severity="P4"' },
  actions: { suppress: true },
});

const fires = (at: number, severity: Severity) => signal('a', 'firing', at, { severity });
const ends = (at: number) => signal('a', 'resolved', at);

/** Hears one signal at a time, at the time of each. */
function heard(rules: readonly Rule[], ...signals: readonly ReturnType<typeof signal>[]) {
  const world = new DetectionMemory(rules);
  for (const one of signals) world.receive([post(one)], one.at);
  return world;
}

const headIn = (world: DetectionMemory): AlertHead => {
  const head = world.heads.get(fingerprint('a'));
  if (!head) throw new Error('The alert is not known');
  return head;
};

/** The incidents of an alert, each with whether it is open. */
const states = (world: DetectionMemory) =>
  outcome(world).map((line) => line.split(' ').slice(3, 5).join(' '));

describe('an alert that fires once more as something else', () => {
  it('does not hold open the incident that it came into before, when a rule keeps it without one now', () => {
    const world = heard([quiet, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW'));
    world.settle(epoch + 12_000);
    expect(states(world)).toEqual(['resolved P1_CRITICAL=P1_CRITICAL']);
  });

  it('holds that open while it goes on since it came into it', () => {
    const world = heard([quiet, rest], fires(0, 'P1_CRITICAL'), fires(9, 'P4_LOW'));
    world.settle(epoch + 60_000);
    expect(states(world)).toEqual(['open P1_CRITICAL=P1_CRITICAL']);
    world.receive([post(ends(70))], epoch + 70_000);
    world.settle(epoch + 90_000);
    expect(states(world)).toEqual(['resolved P1_CRITICAL=P1_CRITICAL']);
  });

  it('holds open only the incident of the rule that takes it now', () => {
    const world = heard([severe, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P3_MEDIUM'));
    world.settle(epoch + 12_000);
    expect(states(world).toSorted()).toEqual([
      'open P3_MEDIUM=P3_MEDIUM',
      'resolved P1_CRITICAL=P1_CRITICAL',
    ]);
  });

  it('is told to have ended only where it was', () => {
    const world = heard([severe, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P3_MEDIUM'), ends(20));
    const told = [...world.entries.values()].map((entries) => entries.map(({ at }) => (at - epoch) / 1_000));
    expect(told).toEqual([
      [0, 2],
      [9, 20],
    ]);
  });

  it('is on in each incident that it came into since it began', () => {
    const world = heard([severe, rest], fires(0, 'P3_MEDIUM'), fires(9, 'P1_CRITICAL'));
    const on = [...world.incidents.keys()].map((incident) => isOnIn(headIn(world), incident));
    expect(on).toEqual([true, true]);
  });
});

describe('what a head keeps of where its firings go', () => {
  it('is nothing while all go one way', () => {
    expect(
      headIn(heard([rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW'))).routes,
    ).toBeUndefined();
  });

  it('is known of those from before the first that went elsewhere', () => {
    const head = headIn(heard([quiet, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW')));
    expect(head.routes?.map(([route, ...at]) => [route === '', ...at])).toEqual([
      [true, epoch + 9_000],
      [false, epoch],
    ]);
    expect(placedOccurrences(head)).toEqual([{ from: epoch, last: epoch, to: epoch + 2_000 }]);
  });

  it('changes nothing when it is heard again', () => {
    const world = heard([quiet, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW'));
    const before = headIn(world);
    world.receive([post(fires(9, 'P4_LOW'), fires(0, 'P1_CRITICAL'))], epoch + 30_000);
    expect(headIn(world)).toBe(before);
  });

  it('counts what a head gave up for want of room with the firing next to it', () => {
    const many = Array.from({ length: MAX_EVENTS + 4 }, (_, i) => fires(10 + i, 'P3_MEDIUM'));
    const world = heard([severe, rest], fires(0, 'P3_MEDIUM'), fires(5, 'P1_CRITICAL'), ...many);
    expect(headIn(world).firings).not.toContain(epoch + 5_000);
    for (const incident of world.incidents.keys()) expect(isOnIn(headIn(world), incident)).toBe(true);
  });

  it('is bounded, and what is too much counts wherever the alert is', () => {
    const known = headIn(heard([rest], fires(0, 'P1_CRITICAL')));
    const from = { integration: known.integration, source: known.source, receipt: 'r', receivedAt: epoch };
    const head = Array.from({ length: 100 }, (_, i) => ({ ...rest, id: `rule-${i}` })).reduce(
      (before, rule) => withRoutes(before, before, [{ signal: fires(0, 'P1_CRITICAL'), from }], [rule]),
      known,
    );
    expect(head.routes).toEqual([['*', epoch]]);
    expect(
      endedAt({ ...head, resolves: [epoch + 1] }, epoch + 1, {
        hash: known.memberships[0]?.correlation ?? '',
      }),
    ).toBeDefined();
  });
});
