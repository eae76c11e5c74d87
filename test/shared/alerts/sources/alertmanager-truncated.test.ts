import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { HOUR } from '../../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';

describe('a group that was cut off by max_alerts', () => {
  const group = { ...(fixture('alertmanager/two-firing') as object), truncatedAlerts: 12 };
  const of = (body: object, source: 'alertmanager' | 'grafana' = 'alertmanager'): readonly Signal[] => {
    const said = sources[source].translate(body, { receipt: 'r', receivedAt, integration });
    return 'signals' in said ? said.signals : [];
  };

  it.each(['alertmanager', 'grafana'] as const)(
    'is an alert of its own beside those of the group: %s',
    (source) => {
      const [first, second, cut, ...rest] = of(group, source);
      expect([first?.title, second?.title, rest]).toEqual(['PaymentErrors', 'PaymentErrors', []]);
      expect(cut).toMatchObject({
        ...{ state: 'firing', severity: 'P3_MEDIUM', until: receivedAt + 6 * HOUR, flags: ['timeout'] },
        title: expect.stringMatching(/^12 alerts of the group .*PaymentErrors.* were cut off by max_alerts$/),
      });
    },
  );

  it('is one alert for each group, whatever its alerts are', () => {
    const cut = (more: object) => of({ ...group, ...more }).at(-1)?.fingerprint;
    expect(cut({ alerts: [], truncatedAlerts: 3 })).toBe(cut({}));
    expect(cut({ groupKey: 'another' })).not.toBe(cut({}));
    expect(cut({ groupKey: undefined })).not.toBe(cut({}));
  });

  it('is over when the group is, and nothing is said of one that is whole', () => {
    expect(of({ ...group, status: 'resolved' }).at(-1)).toMatchObject({ state: 'resolved', at: receivedAt });
    for (const whole of [0, undefined, -1, 'x', {}, Number.NaN])
      expect(of({ ...group, truncatedAlerts: whole })).toHaveLength(2);
  });

  it('is never what a refusal of too many asks for', () => {
    const alerts = Array.from({ length: 2_001 }, () => ({ labels: { alertname: 'A' } }));
    const said = sources.alertmanager.translate({ alerts }, { receipt: 'r', receivedAt, integration });
    const [error] = 'refused' in said ? said.refused.errors : [''];
    expect(error).toContain('group_by');
    expect(error).not.toContain('max_alerts');
  });
});
