import { expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { DetectionMemory } from '../../../support/detection-memory.ts';
import { epoch, post, signal } from '../../../support/signals.ts';

const ALERTS = 400;

it('a storm that ends one alert after the other is looked at a few times for each alert, not once for each pair', () => {
  const memory = new DetectionMemory([
    ruleSchema.parse({ id: 'source', name: 'By source', group: { by: ['source'] } }),
  ]);
  for (const state of ['firing', 'resolved', 'resolved'] as const)
    for (let i = 0; i < ALERTS; i++) {
      const at = (state === 'firing' ? 0 : 1_000) + i / 100;
      memory.receive([post(signal(`a${i}`, state, at))], epoch + at * 1_000);
    }
  let looked = 0;
  const { heads } = memory;
  const get = heads.get.bind(heads);
  heads.get = (fingerprint) => {
    looked++;
    return get(fingerprint);
  };
  memory.settle(epoch + 1_100_000);
  expect([...memory.incidents.values()].map(({ state }) => state)).toEqual(['resolved']);
  expect(looked).toBeLessThan(10 * ALERTS);
});
