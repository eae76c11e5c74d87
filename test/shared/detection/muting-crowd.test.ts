import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  foldBatch,
  Inhibitions,
  inhibitionSchema,
  ruleSchema,
  unhurried,
} from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, org, post, signal } from '../../support/signals.ts';

const rules = [ruleSchema.parse({ id: 'title', name: 'By title', group: { by: ['title'] } })];
const severe = inhibitionSchema.parse({
  ...{ id: 'severe', source: '@severity="P1_CRITICAL"', target: 'kind="instance"' },
  equal: ['cluster'],
});
const inhibitions = new Inhibitions([severe]);
const time = (seconds: number) => epoch + seconds * 1_000;
const critical = (name: string, at: number, cluster = 'eu'): Signal =>
  signal(name, 'firing', at, { title: name, severity: 'P1_CRITICAL', labels: { cluster } });
const instance = (at: number): Signal =>
  signal('instance', 'firing', at, {
    ...{ title: 'Instance', severity: 'P2_HIGH', labels: { cluster: 'eu', kind: 'instance' } },
  });
const isMuted = ({ heads }: DetectionMemory) => heads.get(fingerprint('instance'))?.suppressed !== undefined;

describe('an alert that mutes others', () => {
  it.each([3, 7, 20])('and goes on is not forgotten while %i others come and go', (others) => {
    const memory = new DetectionMemory(rules, { inhibitions });
    const hear = (at: number, one: Signal) => memory.receive([post(one)], time(at));
    hear(0, critical('steady', 0));
    for (const round of [0, 1, 2])
      for (let i = 0; i < others; i++) {
        const at = 60 + round * 600 + i * 10;
        hear(at, critical(`other ${i}`, at));
        hear(at + 5, signal(`other ${i}`, 'resolved', at + 5));
      }
    hear(1_990, critical('steady', 1_990));
    hear(2_000, instance(2_000));
    expect(isMuted(memory)).toBe(true);
  });

  it('is heard with each group that it says, however its deliveries are divided, also when it says much', () => {
    const muted = [
      [[critical('much', 95.4, 'eu')], [critical('much', 95.8, 'us')]],
      [[critical('much', 95.4, 'eu'), critical('much', 95.8, 'us')]],
    ].map((batches) => {
      const memory = new DetectionMemory(rules, { inhibitions });
      for (let i = 0; i < 20; i++) memory.receive([post(critical('much', i * 5, 'us'))], time(i * 5));
      for (const batch of batches) {
        const messages = batch.map((one) => post(one));
        const alerts = foldBatch(messages).get(org) ?? [];
        const { due, later } = unhurried(alerts, { heads: memory.heads, rules, inhibitions });
        const heard = [...due.flatMap(({ firings }) => firings), ...later.map(({ firing }) => firing)];
        for (const one of heard) memory.receive([post(one.signal)], time(110));
      }
      memory.receive([post(instance(115))], time(115));
      return isMuted(memory);
    });
    expect(muted).toEqual([true, true]);
  });
});
