import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const issue = ['issue', '5b8c5e92-1250-40be-b7c2-50508c268c99'] as const;
const title = `shop-api query result is > 2.0 for 1 minutes on 'High CPU'`;

describeBodies('newrelic', {
  rows: {
    created: [['firing', issue, title, 'P1_CRITICAL', 'shop-api', '2025-11-20T08:36:29.495Z']],
    activated: [['firing', issue, title, 'P2_HIGH', 'shop-api', '2025-11-20T08:36:29.495Z']],
    acknowledged: [['acknowledged', issue, title, 'P1_CRITICAL', 'shop-api', '2025-11-20T08:37:39.000Z']],
    'one-incident-closed': [['firing', issue, title, 'P1_CRITICAL', 'shop-api', '2025-11-20T08:36:29.495Z']],
    closed: [['resolved', issue, title, 'P1_CRITICAL', 'shop-api', '2025-11-20T08:39:17.383Z']],
    'older-channel': [
      ['resolved', ['issue', '4471'], 'Error rate', 'P3_MEDIUM', undefined, '2025-11-20T08:23:20.000Z'],
    ],
    'odd-custom-template': [
      [
        'firing',
        ['title', 'issue opened', ''],
        'Issue opened',
        undefined,
        undefined,
        received,
        'generic,clock',
      ],
    ],
  },
});

function one(body: unknown): Signal | undefined {
  const translation = sources.newrelic.translate(body, { receipt: 'req-1', receivedAt, integration });
  return 'refused' in translation ? undefined : translation.signals[0];
}

describe('an issue of New Relic', () => {
  it('began once, however often it is told of: the repetition is of the same time', () => {
    const [created, activated] = ['created', 'activated'].map(
      (name) => translated('newrelic', name).signals[0],
    );
    expect([activated?.at, activated?.fingerprint]).toEqual([created?.at, created?.fingerprint]);
  });

  it('shows its conditions, policies and entities, and leads to New Relic', () => {
    expect(translated('newrelic', 'created').signals[0]).toMatchObject({
      description: 'Condition: High CPU\nPolicy: Golden signals',
      labels: {
        impactedEntities: 'Shop-API, shop-db',
        workflowName: 'Shop workflow',
        alertConditionNames: 'High CPU',
        sources: 'newrelic',
      },
      links: [{ text: 'New Relic', href: 'https://radar.example/accounts/7/issues/0ea2?notifier=WEBHOOK' }],
    });
    expect(translated('newrelic', 'older-channel').signals[0]?.description).toBe('Error rate is above 5 %');
  });

  it.each([
    [{ state: 'CREATED' }, 'firing'],
    [{ state: 'ACTIVATED', trigger: 'PRIORITY_CHANGED' }, 'firing'],
    [{ state: 'ACKNOWLEDGED' }, 'acknowledged'],
    [{ state: 'CLOSED', trigger: 'ISSUE_ACKNOWLEDGED' }, 'resolved'],
    [{ trigger: 'ISSUE_CLOSED' }, 'resolved'],
    [{ trigger: 'INCIDENT_CLOSED' }, 'firing'],
    [{ current_state: 'open' }, 'firing'],
    [{ current_state: 'acknowledged' }, 'acknowledged'],
    [{ state: 'SOMETHING NEW' }, 'firing'],
  ])('that says %j is %s', (said, state) => {
    expect(one({ id: 'i', title: 'x', ...said })?.state).toBe(state);
  });

  it('takes a service that a template names before the first of its entities', () => {
    expect(one({ id: 'i', title: 'x', service: 'Checkout', impactedEntities: ['host-1'] })?.service).toBe(
      'checkout',
    );
    expect(one({ id: 'i', title: 'x', impactedEntities: 'host-1' })?.service).toBe('host-1');
    expect(one({ id: 'i', title: 'x', impactedEntities: [{}] })?.service).toBeUndefined();
  });

  it('[F13] without an id or anything to say is kept as any JSON and marked', () => {
    for (const body of [{ title: 'x' }, { id: 'i' }, [{}], null])
      expect(one(body)?.flags).toContain('generic');
    expect(one({ issueId: 'i', state: 'CREATED' })?.title).toBe('Issue i');
  });
});
