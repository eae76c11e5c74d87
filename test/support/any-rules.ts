import fc from 'fast-check';
import { severities } from '../../shared/alerts/index.ts';
import { type Received, type Rule, ruleSchema } from '../../shared/detection/index.ts';
import { anyValue, anyWhen } from './any-condition.ts';
import { integration, signal } from './signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;

/** An alert that conditions may find. */
export const anyReceived: fc.Arbitrary<Received> = fc
  .record(
    {
      ...{ title: anyValue, description: anyValue, service: fc.constantFrom('payments', 'prod') },
      severity: fc.constantFrom(...severities),
      labels: fc.dictionary(fc.constantFrom('env', 'team', 'a.b/c', 'other'), anyValue),
    },
    { requiredKeys: ['labels'] },
  )
  .map((said) => ({ signal: { ...signal('a', 'resolved', 0), ...said }, from }));

const rule = fc
  .record(
    {
      when: anyWhen,
      alertPattern: fc.constantFrom(
        'disk',
        'd.*full',
        'prod|dev',
        '^$',
        'zz',
        'FULL',
        'full$',
        '^disk',
        'd.v$',
      ),
      severity: fc.constantFrom(...severities),
      service: fc.constantFrom('payments', 'prod'),
      title: fc.constantFrom('disk full', 'dev'),
      enabled: fc.constantFrom(true, true, true, false),
      continues: fc.boolean(),
    },
    { requiredKeys: ['enabled', 'continues'] },
  )
  .map(({ when, alertPattern, severity, service, title, enabled, continues }) => ({
    // One that sets nothing for those after it is refused.
    ...{ name: 'R', enabled, continue: continues && (severity ?? service ?? title) !== undefined },
    conditions: { when, alertPattern },
    actions: { set: { severity, service, title } },
  }));

/** Rules that ask, set and go on, in an order of their own. */
export const anyRules: fc.Arbitrary<Rule[]> = fc
  .array(rule, { maxLength: 8 })
  .map((rules) => rules.map((one, i) => ruleSchema.parse({ ...one, id: `r${i}` })));
