import { describe, expect, it } from 'vitest';
import { world } from '../../support/detection-world.ts';
import { epoch, signal } from '../../support/signals.ts';

describe('merged incidents', () => {
  it('end when the last of their alerts is over, also of one that came with the incident that is gone', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0), signal('api', 'resolved', 1));
    receive(1_800, signal('db', 'firing', 1_800));
    receive(1_801, signal('web', 'firing', 900), signal('web', 'resolved', 901));
    settle(1_820);
    const merged = 'resolved P3_MEDIUM generation 1 merged';
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages', merged]);
    receive(1_900, signal('db', 'resolved', 1_900));
    settle(1_920);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 2', merged]);
  });

  it('leave a guard that does not grow, however many they were', () => {
    const { receive, settle, incidents, memory } = world();
    const apart = 1_800;
    for (let i = 0; i < 60; i++) {
      const at = i * apart;
      receive(at, signal(`a${i}`, 'firing', at), signal(`a${i}`, 'resolved', at + 1));
      const between = at - apart / 2;
      if (i > 0)
        receive(at + 2, signal(`b${i}`, 'firing', between), signal(`b${i}`, 'resolved', between + 1));
    }
    expect(incidents().filter((text) => text.endsWith('merged'))).toHaveLength(59);
    const [guard] = memory.guards.values();
    expect(JSON.stringify(guard).length).toBeLessThan(1_000);
    // A late resolve of the last one that was merged puts the end of the one window right.
    receive(60 * apart, signal('a59', 'resolved', 59 * apart));
    settle(61 * apart);
    expect([...memory.guards.values()].flatMap(({ windows }) => windows)).toMatchObject([
      { from: epoch, to: epoch + 59 * apart * 1_000 },
    ]);
  });
});
