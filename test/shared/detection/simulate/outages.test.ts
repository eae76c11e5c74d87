import { describe, expect, it } from 'vitest';
import { addedUp, groupings, outages, pairsOf, qualityOf } from '../../../support/outages/index.ts';

const scenes = outages();
const names = Object.keys(groupings) as (keyof typeof groupings)[];
const [installed, configured, ...baselines] = names;

const over = (name: keyof typeof groupings) =>
  qualityOf(addedUp(scenes.map((scene) => pairsOf(scene, groupings[name]))));

describe('labelled outages', () => {
  it('are a dozen and more, of two thousand alerts and more, and the same each time they are told', () => {
    expect(scenes.length).toBeGreaterThanOrEqual(12);
    expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length);
    expect(scenes.reduce((sum, { labels }) => sum + labels.length, 0)).toBeGreaterThanOrEqual(2_000);
    expect(outages()).toEqual(scenes);
  });

  it('are put together better than by either baseline, as installed and more so with rules', () => {
    const quality = Object.fromEntries(names.map((name) => [name, over(name)]));
    const f1 = (name: string | undefined): number => quality[name ?? '']?.f1 ?? Number.NaN;
    for (const baseline of baselines) expect(f1(installed)).toBeGreaterThan(f1(baseline));
    expect(f1(configured)).toBeGreaterThan(f1(installed));
    expect(quality[configured ?? '']?.precision).toBeGreaterThan(0.99);
  });

  it('of each kind are put together no worse with rules than as installed', () => {
    for (const scene of scenes) {
      const [ours, better] = [installed, configured].map((name) =>
        qualityOf(pairsOf(scene, groupings[name as keyof typeof groupings])),
      );
      expect([scene.name, (better?.f1 ?? 0) >= (ours?.f1 ?? 1)]).toEqual([scene.name, true]);
    }
  });

  it('that are two at once stay two', () => {
    const two = scenes.filter(({ name }) => name === 'two at once');
    expect(two).toHaveLength(1);
    for (const scene of two)
      expect(qualityOf(pairsOf(scene, groupings[installed as never])).precision).toBe(1);
  });
});

describe('the measure', () => {
  it('is 1 for what is right, and tells apart what was missed and what was wrong', () => {
    const [scene] = scenes;
    if (!scene) throw new Error('No scene');
    expect(
      qualityOf(
        pairsOf(
          scene,
          () =>
            ({ outage }) =>
              outage,
        ),
      ).f1,
    ).toBe(1);
    const all = qualityOf(pairsOf(scene, () => () => 'one'));
    const none = qualityOf(pairsOf(scene, () => () => undefined));
    expect([all.recall, none.recall, none.precision]).toEqual([1, 0, 1]);
  });
});
