import { describe, expect, it } from 'vitest';
import { asGenericEvent, fingerprintOf, type Signal, sources } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';

const receipt = { receipt: 'req-1', receivedAt, integration };
const translate = (body: unknown) => sources['pagerduty-events'].translate(asGenericEvent(body), receipt);

function signalIn(body: unknown): Signal {
  const translation = translate(body);
  const [signal] = 'refused' in translation ? [] : translation.signals;
  if (signal === undefined) throw new Error('an event gives one signal');
  return signal;
}

const errors = (body: unknown): readonly string[] => {
  const translation = translate(body);
  return 'refused' in translation ? translation.refused.errors : [];
};

describe('an event of version 1', () => {
  it('is an alert with the key, texts, details and links that it says', () => {
    expect(signalIn(fixture('pagerduty-events/generic-trigger'))).toMatchObject({
      fingerprint: fingerprintOf(integration, 'dedup_key', 'mail-2/queue'),
      state: 'firing',
      title: 'Queue of mail-2 has 12,000 messages',
      service: 'mail',
      labels: { 'queue length': '12000', note: 'grows since 08:10' },
      links: [
        { href: 'https://graphs.example/d/mail', text: 'Graph' },
        { href: 'https://watcher.example/', text: 'Old watcher' },
      ],
    });
  });

  it('names the same alert as version 2 does by the same key', () => {
    const old = signalIn(fixture('pagerduty-events/generic-resolve-from-alertmanager'));
    expect(old).toMatchObject({ state: 'resolved', title: '[RESOLVED] InstanceDown (search)' });
    expect(old.description).toContain('alertname = InstanceDown');
    const now = sources['pagerduty-events'].translate(
      fixture('pagerduty-events/trigger-from-alertmanager'),
      receipt,
    );
    expect('signals' in now && now.signals[0]?.fingerprint).toBe(old.fingerprint);
  });

  it('that lacks what its type needs is refused in words', () => {
    expect(errors({})).toEqual(['Event type is missing or blank']);
    expect(errors({ event_type: 'explode' })[0]).toContain('Event type is invalid');
    expect(errors({ event_type: 'trigger' })).toEqual(['Description is missing or blank']);
    expect(errors({ event_type: 'resolve' })).toEqual(['Incident key is missing or blank']);
    expect(errors({ event_type: 'resolve', incident_key: 'k'.repeat(256) })[0]).toContain('255');
  });
});
