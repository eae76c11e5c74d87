import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Configuration,
  emptyConfiguration,
  generatedReason,
} from '../../../shared/configuration/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { serviceSchema } from '../../../shared/incidents/index.ts';

const rule = (id: string, more: object = {}) => ruleSchema.parse({ id, name: id, ...more });
const service = (id: string) => serviceSchema.parse({ id });
const holding = (part: Partial<Configuration>): Configuration => ({ ...emptyConfiguration, ...part });

describe('the reason of a version for which nobody gave one', () => {
  it('says what changed, what came and what went, by name', () => {
    const before = holding({ rules: [rule('disk-full'), rule('cron')] });
    const after = holding({
      rules: [rule('disk-full', { enabled: false })],
      services: [service('billing')],
    });
    expect(generatedReason(before, after)).toBe(
      'Changed rule disk-full; added service billing; removed rule cron (no reason given)',
    );
  });

  it('says that the order of what is tried in order is another one, and which settings changed', () => {
    const [a, b] = [rule('a'), rule('b')];
    const { detection } = emptyConfiguration;
    const after = holding({ rules: [b, a], detection: { ...detection, stormLimit: 99 } });
    expect(generatedReason(holding({ rules: [a, b] }), after)).toBe(
      'Put the rules in another order; changed the settings of detection (no reason given)',
    );
    const services = [service('x'), service('y')];
    const turned = holding({ services: services.toReversed() });
    expect(generatedReason(holding({ services }), turned)).toBe('Nothing changed (no reason given)');
  });

  it('names three of many', () => {
    const rules = Array.from({ length: 10_000 }, (_, i) => rule(`r${i}`));
    expect(generatedReason(emptyConfiguration, holding({ rules }))).toBe(
      'Added rules r0, r1, r2 and 9997 more (no reason given)',
    );
  });

  it('is never empty, never longer than a reason may be, and the same each time', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/), { maxLength: 8 });
    fc.assert(
      fc.property(ids, ids, ids, ids, (oldRules, newRules, oldServices, newServices) => {
        const at = (rules: readonly string[], services: readonly string[]) =>
          holding({ rules: rules.map((id) => rule(id)), services: services.map(service) });
        const [before, after] = [at(oldRules, oldServices), at(newRules, newServices)];
        const reason = generatedReason(before, after);
        expect(reason).toMatch(/^[A-Z].* \(no reason given\)$/);
        expect(reason.length).toBeLessThanOrEqual(500);
        expect(generatedReason(before, after)).toBe(reason);
      }),
      { numRuns: 200 },
    );
  });
});
