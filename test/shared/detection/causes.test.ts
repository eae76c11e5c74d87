import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { fromOutside } from '../../../shared/kernel/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const two = ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 300 } });

/** An accepted POST by the name of its receipt. */
const said = (receipt: string, ...signals: readonly Signal[]) => ({ ...post(...signals), receipt });
const fires = (name: string, service: string, at = 0) => signal(name, 'firing', at, { service });
const now = epoch + 60_000;

describe('what happens to an incident is because of the POST', () => {
  it('that first had something happen to it, not of another of the same batch', () => {
    const memory = new DetectionMemory([byService]);
    const batch = [
      said('one', fires('api', 'checkout')),
      said('two', fires('db', 'search'), fires('cache', 'checkout', 5)),
    ];
    const { keys } = memory.receive(batch, now);
    const causes = keys
      .flatMap(({ changes }) => changes)
      .map(({ cause, entries }) => [cause, entries.length]);
    expect(causes).toEqual([
      [fromOutside('one'), 2],
      [fromOutside('two'), 1],
    ]);
  });

  it('that reached the threshold', () => {
    const memory = new DetectionMemory([two]);
    memory.receive([said('first', fires('a', 'checkout'))], now);
    const { keys } = memory.receive([said('second', fires('b', 'checkout', 1))], now);
    expect(keys[0]?.changes).toMatchObject([{ opening: {}, cause: fromOutside('second') }]);
  });

  it('that told the end, when a settling ends it, and not that of the firing beside it', () => {
    const memory = new DetectionMemory([byService]);
    memory.receive([said('on', fires('api', 'checkout'))], now);
    const { settles } = memory.receive(
      [said('else', fires('db', 'search')), said('off', signal('api', 'resolved', 30))],
      now,
    );
    expect(settles).toMatchObject([{ cause: fromOutside('off') }]);
  });

  it('that acknowledged it', () => {
    const memory = new DetectionMemory([byService]);
    memory.receive([said('on', fires('api', 'checkout'))], now);
    const { keys } = memory.receive([said('ack', signal('api', 'acknowledged', 30))], now);
    expect(keys[0]?.changes).toMatchObject([
      { commands: [{ do: 'acknowledge' }], cause: fromOutside('ack') },
    ]);
  });
});
