import { expect, it } from 'vitest';
import { matchRule, ruleSchema } from '../../../../shared/detection/index.ts';
import { kept } from '../../../support/explained.ts';
import { signal } from '../../../support/signals.ts';

it('a reason that is too long is cut in its condition, and keeps how many fired and the group', () => {
  const rule = ruleSchema.parse({
    ...{ id: 'pods', name: 'Three pods of one deployment fail', group: { by: ['label:deployment'] } },
    conditions: {
      when: 'alertname="PodFails", namespace=~"production-.*", cluster=~"(eu|us)-.*", severity="page"',
      ...{ members: { label: 'pod', atLeast: 3 }, timeWindow: 300 },
    },
  });
  const labels = {
    ...{ alertname: 'PodFails', namespace: 'production-shop', cluster: 'eu-1', severity: 'page' },
    ...{ deployment: 'checkout', pod: 'checkout-1' },
  };
  const { why } = matchRule([rule], kept(signal('a', 'firing', 0, { labels })));
  expect(why).toContain('; 3 members fired within 300 s');
  expect(why).toContain('grouped by ');
  expect(why).toMatch(/checkout$/);
  expect(why.length).toBeLessThanOrEqual(200);
});
