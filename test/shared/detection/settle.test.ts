import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, signal } from '../../support/signals.ts';

describe('a settling', () => {
  it('does not open again what is over for one of its alerts that waits for a threshold since long after it', () => {
    const two = ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 1_200 } });
    const { receive, settle, incidents } = world(two);
    receive(0, signal('a', 'firing', 0), signal('b', 'firing', 0));
    receive(1, signal('a', 'resolved', 1), signal('b', 'resolved', 1));
    settle(20);
    receive(2_000, signal('a', 'firing', 2_000));
    receive(2_001, signal('b', 'resolved', 1));
    settle(2_020);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('leaves open what a person reopened when all was over, until an alert of it ends after that', () => {
    const { receive, settle, incidents, memory } = world();
    receive(0, signal('a', 'firing', 0), signal('a', 'resolved', 5));
    settle(20);
    const [id = 'inc_none'] = memory.incidents.keys();
    memory.byHand(id, { do: 'reopen', reason: 'person', at: epoch + 60_000 }, epoch + 60_000);
    receive(70, signal('a', 'resolved', 5));
    settle(90);
    const open = ['triggered P3_MEDIUM generation 2 pages'];
    expect(incidents()).toEqual(open);
    receive(100, signal('b', 'firing', 100), signal('b', 'resolved', 130));
    settle(150);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 2']);
  });
});
