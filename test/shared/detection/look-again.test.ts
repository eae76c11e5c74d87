import { describe, expect, it } from 'vitest';
import { Inhibitions, inhibitionSchema, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const down = inhibitionSchema.parse({
  ...{ id: 'down', source: 'kind="cluster"', target: 'kind="instance"', equal: ['cluster'] },
});
const slow = inhibitionSchema.parse({
  ...{ id: 'slow', source: 'kind="net"', target: 'kind="database"', equal: ['cluster'] },
});
const byKind = ruleSchema.parse({ id: 'kind', name: 'By kind', group: { by: ['label:kind'] } });
const inOne = ruleSchema.parse({ id: 'one', name: 'In one', group: { by: ['source'] } });

const time = (seconds: number) => epoch + seconds * 1_000;
const fires = (name: string, at: number, kind: string) =>
  signal(name, 'firing', at, { severity: 'P1_CRITICAL', labels: { kind, cluster: 'eu' } });

/** An alert whose first page others hold, and when that is looked at after it fires as something else. */
function held(rule: typeof byKind) {
  const memory = new DetectionMemory([rule], { inhibitions: new Inhibitions([down, slow]) });
  memory.receive([post(fires('i', 0, 'instance'))], time(0));
  const [first] = memory.incidents.values();
  if (first?.state !== 'triggered' || !first.next) throw new Error('It did not open');
  const { id, next } = first;
  const later = { step: next.step, dueAt: time(9_000), heldBy: 'inh_1' } as const;
  memory.byHand(id, { do: 'put-off', generation: 1, next: later }, time(5));
  return (at: number, kind: string) => {
    memory.receive([post(fires('i', at, kind))], time(at));
    const now = memory.incidents.get(id);
    return now?.state === 'triggered' && now.next ? (now.next.dueAt - epoch) / 1_000 : undefined;
  };
}

describe('a first page that others hold is looked at again', () => {
  it('when the alert that it is for can be muted so no more, in its incident and also where it goes elsewhere by now', () => {
    for (const rule of [inOne, byKind]) expect(held(rule)(100, 'web')).toBe(100);
  });

  it('and when others may mute that by now', () => {
    for (const rule of [inOne, byKind]) expect(held(rule)(100, 'database')).toBe(100);
  });

  it('but not while it is told as what it was', () => {
    for (const rule of [inOne, byKind]) expect(held(rule)(100, 'instance')).toBe(9_000);
  });
});
