import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules, type Received, ruleSchema } from '../../../../shared/detection/index.ts';
import { anyReceived, anyRules } from '../../../support/any-rules.ts';
import { matchNaively } from '../../../support/naive-match.ts';
import { integration, signal } from '../../../support/signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;

const firing = (title: string, more = {}): Received => ({
  signal: signal('a', 'firing', 0, { title, ...more }),
  from,
});
const matchOf = (rules: readonly object[], alert: Received) =>
  compileRules(rules.map((one, i) => ruleSchema.parse({ id: `r${i}`, name: `R${i}`, ...one }))).match(alert);

describe('a rule set', () => {
  it('decides as one that is tried rule by rule, leaf by leaf', () => {
    fc.assert(
      fc.property(anyRules, fc.array(anyReceived, { minLength: 1, maxLength: 3 }), (rules, alerts) => {
        const compiled = compileRules(rules);
        for (const alert of alerts) {
          const { rule, severity } = compiled.match(alert);
          expect({ id: rule.id, severity }).toEqual(matchNaively(rules, alert));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('answers the same when it is asked again', () => {
    fc.assert(
      fc.property(anyRules, anyReceived, (rules, alert) => {
        const compiled = compileRules(rules);
        expect(compiled.match(alert)).toBe(compiled.match(alert));
        expect(compiled.match({ ...alert, signal: { ...alert.signal } })).toEqual(compiled.match(alert));
      }),
    );
  });

  it('missing labels are empty texts, as in Alertmanager', () => {
    const has = (when: string) => matchOf([{ conditions: { when } }], firing('x')).rule.id === 'r0';
    expect(['env=""', 'env!="prod"', 'env=~"prod|"', 'env!~"prod"'].map(has)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['env!=""', 'env="prod"', 'env=~".+"'].map(has)).toEqual([false, false, false]);
  });

  it('a severity is asked long and short, also by patterns', () => {
    const fits = (when: unknown) =>
      matchOf([{ conditions: { when } }], firing('x', { severity: 'P1_CRITICAL' })).rule.id === 'r0';
    expect(['P1|P2', 'P1_.*', 'P[12]', 'P1.*'].map((one) => fits(`@severity=~"${one}"`))).not.toContain(
      false,
    );
    expect(fits('@severity!~"P1|P2"')).toBe(false);
    expect(fits({ not: '@severity=~"P2|P3"' })).toBe(true);
    expect(fits({ field: 'severity', occurs: '^P1$' })).toBe(true);
    expect(fits({ field: 'severity', is: ['P1', 'P2'] })).toBe(true);
  });

  it('a service is the same however its name is written', () => {
    const fits = (when: unknown) =>
      matchOf([{ conditions: { when } }], firing('x', { service: 'payments' })).rule.id === 'r0';
    expect(fits('@service="Payments"')).toBe(true);
    expect(fits('@service!=" PAYMENTS "')).toBe(false);
    expect(fits('@service=~"Search|Pay.*"')).toBe(true);
    expect(fits('@service!~"Search|Pay.*"')).toBe(false);
    expect(fits({ field: 'service', is: ['Search', 'Cart'] })).toBe(false);
    expect(fits({ field: 'service', isNot: ['Search', 'Payments'] })).toBe(false);
  });

  it('a pattern that is tied to beginning or end finds it in the title and in the description, each by itself', () => {
    const found = (alertPattern: string, description?: string) =>
      matchOf([{ conditions: { alertPattern } }], firing('Kernel panic on node-7', { description })).rule
        .id === 'r0';
    expect(found('node-[0-9]+$')).toBe(true);
    expect(found('node-[0-9]+$', 'It was upgraded.')).toBe(true);
    expect(found('^It was', 'It was upgraded.')).toBe(true);
    expect(found('^Kernel.*7$', 'It was upgraded.')).toBe(true);
    expect(found('7\\s+It', 'It was upgraded.')).toBe(false);
    expect(found('panic$', 'It was upgraded.')).toBe(false);
    expect(found('^$')).toBe(false);
  });

  it('patterns of labels are the whole value; `occurs` looks anywhere and ignores case', () => {
    const at = (when: unknown) =>
      matchOf([{ conditions: { when } }], firing('Disk full on db-1')).rule.id === 'r0';
    expect(at('@title=~"Disk"')).toBe(false);
    expect(at('@title=~"Disk.*"')).toBe(true);
    expect(at('@title=~"disk.*"')).toBe(false);
    expect(at({ field: 'title', occurs: 'FULL' })).toBe(true);
  });

  it('[M1] severities and words are compared whole: no letters inside of others count', () => {
    const is = (when: string, title: string) =>
      matchOf([{ conditions: { when } }], firing(title)).rule.id === 'r0';
    for (const title of ['upstream_down', 'backup_failed', 'setup_failed', 'update'])
      expect(is('@title="up"', title) || is('@title=~"up"', title)).toBe(false);
    expect(
      matchOf(
        [{ conditions: { when: 'state="critical"' } }],
        firing('x', { labels: { state: 'uncritical' } }),
      ).rule.id,
    ).toBe('default');
  });

  it('what earlier rules set, later ones see, and of two the later wins', () => {
    const match = matchOf(
      [
        {
          continue: true,
          conditions: { when: 'app=~".+"' },
          actions: { set: { service: '{app}', severity: 'P4_LOW' } },
        },
        {
          continue: true,
          conditions: { when: '@service="billing"' },
          actions: { set: { severity: 'P1_CRITICAL', team: 'money' } },
        },
        {
          conditions: { when: 'severity at least P2' },
          actions: { set: { groupingKey: '{@service}/{region}' } },
        },
      ],
      firing('x', { labels: { app: 'Billing', region: 'eu' } }),
    );
    expect(match).toMatchObject({
      severity: 'P1_CRITICAL',
      service: 'billing',
      policy: 'money',
      key: 'key=billing/eu',
    });
    expect(match.rule.id).toBe('r2');
    expect(match.why).toContain("set by 'R0', 'R1'");
  });

  it('is asked anew of an alert whose title and description only together are as those of the one before', () => {
    const rules = compileRules([
      ruleSchema.parse({ id: 'set', name: 'S', continue: true, actions: { set: { title: '{head}' } } }),
      ruleSchema.parse({ id: 'is', name: 'I', conditions: { alertPattern: '^disk$' } }),
    ]);
    const ruleOf = (head: string, description: string) =>
      rules.match(firing('x', { labels: { head }, description })).rule.id;
    expect(ruleOf('disk\nfull', 'on db1')).toBe('default');
    expect(ruleOf('disk', 'full\non db1')).toBe('is');
  });

  it('what was set counts for the default rule, too', () => {
    const match = matchOf([{ continue: true, actions: { set: { service: 'edge' } } }], firing('x'));
    expect(match).toMatchObject({ key: 'service=edge', service: 'edge' });
    expect(match.rule.id).toBe('default');
  });

  it('titles that differ in numbers alone are one group by their template', () => {
    const key = (title: string) => matchOf([{ group: { by: ['title-template'] } }], firing(title)).hash;
    expect(key('Disk 91% full on db-1')).toBe(key('Disk 99% full on db-22'));
    expect(key('Disk 91% full on db-1')).not.toBe(key('CPU 91% full on db-1'));
  });
});
