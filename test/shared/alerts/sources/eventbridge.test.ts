import { describe, expect, it } from 'vitest';
import { sources, type Translated } from '../../../../shared/alerts/index.ts';
import { toText } from '../../../../shared/kernel/index.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, translated } from '../../../support/source-rows.ts';

const arn = 'arn:aws:cloudwatch:eu-central-1:210987654321:alarm:';

describeBodies('eventbridge', {
  rows: {
    alarm: [
      [
        'firing',
        ['alarm', `${arn}orders-backlog`],
        'orders-backlog',
        undefined,
        'orders',
        '2026-11-20T08:21:04.989Z',
      ],
    ],
    'alarm-ok': [
      [
        'resolved',
        ['alarm', `${arn}orders-backlog`],
        'orders-backlog',
        undefined,
        'orders',
        '2026-11-20T08:50:04.001Z',
      ],
    ],
    'odd-formula-from-insufficient-data': [
      [
        'firing',
        ['alarm', `${arn}traffic-of-web`],
        'traffic-of-web',
        'P3_MEDIUM',
        'web shop',
        '2026-11-20T08:21:04.989Z',
      ],
    ],
    'odd-alarm-of-another-kind': [
      [
        'firing',
        ['key', '7bf73129-1428-4cd3-a780-95db273d1604'],
        'CloudWatch Alarm State Change',
        undefined,
        undefined,
        '2026-11-20T08:21:05.000Z',
        'generic',
      ],
    ],
    'odd-health-event': [
      [
        'firing',
        ['key', '2bc3d4e5-aaaa-4bbb-8ccc-0123456789ab'],
        'AWS Health Event',
        undefined,
        undefined,
        '2026-11-20T08:21:05.000Z',
        'generic',
      ],
    ],
    'deployment-failed': [],
    'stack-rolled-back': [],
  },
});

const translate = (body: unknown): Translated => {
  const translation = sources.eventbridge.translate(body, { receipt: 'req-1', receivedAt, integration });
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
};
const changesOf = (body: unknown) => translate(body).changes ?? [];

describe('an event of EventBridge', () => {
  it('has the delivery that EventBridge names', () => {
    expect(translated('eventbridge', 'alarm').delivery).toBe('7bf73129-1428-4cd3-a780-95db273d1601');
  });

  it('that nobody here reads is an alert with how its detail begins', () => {
    const [signal] = translated('eventbridge', 'odd-health-event').signals;
    expect(signal?.description).toContain('eventTypeCode: AWS_EC2_OPERATIONAL_ISSUE');
  });

  it('that is none is kept and marked', () => {
    for (const body of ['text', [], { detail: {} }, null])
      expect(translate(body).signals.every(({ flags }) => flags.includes('generic'))).toBe(true);
  });

  it('of an alarm in too few data says nothing, and why', () => {
    const detail = { alarmName: 'a', state: { value: 'INSUFFICIENT_DATA' } };
    const event = { source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change', detail };
    expect(translate(event)).toMatchObject({ signals: [], ignored: expect.stringContaining('too few data') });
  });
});

describe('a deployment by CodeDeploy', () => {
  const deployment = (state: string, more: object = {}) => ({
    ...{ source: 'aws.codedeploy', 'detail-type': 'CodeDeploy Deployment State-change Notification' },
    ...{ region: 'eu-central-1', time: '2026-11-20T08:06:31Z' },
    detail: { application: 'Shop', deploymentId: 'd-1', deploymentGroup: 'blue', state, ...more },
  });

  it('is a change of its application, with a link to it, and no alert', () => {
    const { signals, changes } = translated('eventbridge', 'deployment-failed');
    expect(signals).toEqual([]);
    expect(changes?.map(({ at, ...change }) => ({ ...change, at: toText(at) }))).toEqual([
      {
        ...{
          kind: 'deployment',
          title: 'Deployment of Storefront to production failed',
          service: 'storefront',
        },
        ...{ version: 'd-7QW3ZLX2K', at: '2026-11-20T08:06:31.000Z', key: 'd-7QW3ZLX2K FAILURE' },
        link: 'https://eu-central-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-7QW3ZLX2K?region=eu-central-1',
      },
    ]);
  });

  it.each([
    ['START', 'began'],
    ['SUCCESS', 'succeeded'],
    ['STOP', 'was stopped'],
    ['READY', 'is ready for its traffic'],
  ])('in the state %s %s', (state, word) => {
    expect(changesOf(deployment(state))[0]?.title).toBe(`Deployment of Shop to blue ${word}`);
  });

  it('in a state that nobody knows, or without a name, is kept as a generic alert', () => {
    for (const body of [deployment('DREAMING'), deployment('START', { deploymentId: null })])
      expect(translate(body).signals[0]?.flags).toContain('generic');
  });
});

describe('a stack of CloudFormation', () => {
  const id = 'arn:aws:cloudformation:eu-central-1:210987654321:stack/ledger/5b2f';
  const stack = (status: string, reason = '') => ({
    ...{ source: 'aws.cloudformation', 'detail-type': 'CloudFormation Stack Status Change' },
    time: '2026-11-20T08:06:31Z',
    detail: { 'stack-id': id, 'status-details': { status, 'status-reason': reason } },
  });

  it('is a change of the infrastructure, with a link to it, and no alert', () => {
    const { signals, changes } = translated('eventbridge', 'stack-rolled-back');
    expect(signals).toEqual([]);
    expect(changes).toMatchObject([
      {
        ...{ kind: 'infrastructure', title: 'Stack ledger-network failed and was rolled back' },
        ...{ service: 'ledger-network', at: Date.parse('2026-11-20T08:11:02Z') },
        link: expect.stringMatching(
          /^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/cloudformation\/.*stackId=arn%3Aaws/,
        ),
      },
    ]);
  });

  it.each([
    ['CREATE_IN_PROGRESS', 'is being created'],
    ['CREATE_COMPLETE', 'was created'],
    ['UPDATE_FAILED', 'could not be updated'],
    ['DELETE_COMPLETE', 'was deleted'],
    ['IMPORT_COMPLETE', 'was changed by an import'],
    ['ROLLBACK_IN_PROGRESS', 'failed and is rolled back'],
    ['ROLLBACK_COMPLETE', 'failed and was rolled back'],
    ['UPDATE_ROLLBACK_FAILED', 'failed, and could not be rolled back'],
    ['SOMETHING_ELSE', 'is in SOMETHING_ELSE'],
  ])('in %s %s', (status, word) => {
    expect(changesOf(stack(status))[0]?.title).toBe(`Stack ledger ${word}`);
  });

  it('says why, where CloudFormation does', () => {
    expect(changesOf(stack('UPDATE_FAILED', 'No capacity'))[0]?.title).toBe(
      'Stack ledger could not be updated: No capacity',
    );
  });

  it('that tidies up, or is only looked at, says nothing, and why', () => {
    for (const status of ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'REVIEW_IN_PROGRESS'])
      expect(translate(stack(status))).toMatchObject({ signals: [], ignored: expect.any(String) });
  });

  it('without a name is kept as a generic alert', () => {
    const nameless = {
      ...stack('CREATE_COMPLETE'),
      detail: { 'status-details': { status: 'CREATE_COMPLETE' } },
    };
    expect(translate(nameless).signals[0]?.flags).toContain('generic');
  });
});
