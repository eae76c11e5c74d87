import { describe, expect, it } from 'vitest';
import { fingerprintOf, type Signal, sources, type Translated } from '../../../../shared/alerts/index.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const arn = 'arn:aws:cloudwatch:eu-central-1:210987654321:alarm:';
const at = '2026-11-20T08:21:04.902Z';
const unicode = 'NÚCLEO - BD - USO CPU';

describeBodies('cloudwatch', {
  rows: {
    alarm: [['firing', ['alarm', `${arn}ledger-db-cpu`], 'ledger-db-cpu', undefined, 'ledger', at]],
    ok: [
      [
        'resolved',
        ['alarm', `${arn}ledger-db-cpu`],
        'ledger-db-cpu',
        undefined,
        'ledger',
        '2026-11-20T08:41:04.870Z',
      ],
    ],
    'insufficient-data': [],
    'odd-without-arn': [
      [
        'firing',
        ['alarm', '210987654321', 'EU - Ireland', 'Old alarm of errors'],
        'Old alarm of errors',
        undefined,
        'dispatch',
        '2026-11-20T07:30:42.236Z',
      ],
    ],
    'odd-unicode-and-spaces': [
      [
        'firing',
        ['alarm', `arn:aws:cloudwatch:sa-east-1:210987654321:alarm:${unicode}`],
        unicode,
        undefined,
        'ledger',
        at,
      ],
    ],
    'formula-with-tags': [
      ['firing', ['alarm', `${arn}shop-5xx-share`], 'shop-5xx-share', 'P1_CRITICAL', 'shop', at],
    ],
    composite: [
      ['firing', ['alarm', `${arn}checkout-is-broken`], 'checkout-is-broken', undefined, undefined, at],
    ],
    'plain-text': [
      [
        'firing',
        ['key', '0b1c2d3e-0008-5a4b-8c7d-9e0f1a2b3c4d'],
        'Backup missing',
        undefined,
        undefined,
        '2026-11-20T08:21:05.112Z',
        'generic',
      ],
    ],
    'odd-json-of-another-product': [
      [
        'firing',
        ['title', 'rds notification message', ''],
        'RDS Notification Message',
        undefined,
        undefined,
        '2026-11-20T08:21:05.112Z',
        'generic',
      ],
    ],
    'subscription-confirmation': [],
    'unsubscribe-confirmation': [],
  },
});

const translate = (body: unknown, insufficientData?: 'fire'): Translated => {
  const receipt = { receipt: 'req-1', receivedAt, integration, insufficientData };
  const translation = sources.cloudwatch.translate(body, receipt);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
};
const topic = 'arn:aws:sns:eu-central-1:210987654321:alarms';
const envelope = (message: unknown, more: object = {}) => ({
  ...{ Type: 'Notification', MessageId: 'm-1', TopicArn: topic, Timestamp: '2026-11-20T08:30:00.000Z' },
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  ...more,
});
const alarm = (more: object = {}) => ({
  ...{ AlarmName: 'slow', AWSAccountId: '210987654321', Region: 'EU (Frankfurt)', AlarmArn: `${arn}slow` },
  ...{
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed',
    StateChangeTime: '2026-11-20T08:21:04.902+0000',
  },
  ...more,
});
const watching = (dimensions: Record<string, string>, Namespace = 'AWS/ApplicationELB') => ({
  Trigger: {
    ...{ MetricName: 'm', Namespace },
    Dimensions: Object.entries(dimensions).map(([name, value]) => ({ value, name })),
  },
});
const signalOf = (more: object): Signal | undefined => translate(envelope(alarm(more))).signals[0];

describe('an alarm of CloudWatch through SNS', () => {
  it('has the delivery that SNS names, the same on each try', () => {
    expect(translated('cloudwatch', 'alarm').delivery).toBe('0b1c2d3e-0001-5a4b-8c7d-9e0f1a2b3c4d');
  });

  it('says what it is for and why it went off, and has a link to the console in the region of its ARN', () => {
    const [signal] = translated('cloudwatch', 'alarm').signals;
    expect(signal?.description).toMatch(/^CPU of the ledger’s database .*\nThreshold Crossed: 1 out of/);
    expect(signal?.links).toEqual([
      {
        href: 'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#alarmsV2:alarm/ledger-db-cpu',
        text: 'CloudWatch',
      },
    ]);
    expect(signal?.labels).toEqual({
      ...{ DBInstanceIdentifier: 'ledger', namespace: 'AWS/RDS', metric: 'CPUUtilization' },
      ...{ account: '210987654321', region: 'eu-central-1' },
    });
  });

  it.each([
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/cloudwatch/home?region=cn-north-1'],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'https://console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1',
    ],
  ])('of the partition %s leads to its console', (partition, region, address) => {
    const AlarmArn = `arn:${partition}:cloudwatch:${region}:210987654321:alarm:slow`;
    expect(signalOf({ AlarmArn })?.links[0]?.href).toContain(address);
  });

  it('with too few data says nothing, and why, unless its integration wants to be told', () => {
    const few = envelope(alarm({ NewStateValue: 'INSUFFICIENT_DATA' }));
    expect(translate(few)).toMatchObject({
      signals: [],
      ignored: expect.stringContaining('insufficientData'),
    });
    expect(translate(few, 'fire').signals).toMatchObject([{ state: 'firing', title: 'slow' }]);
    expect(translate(envelope(alarm({ NewStateValue: 'OK' })), 'fire').signals).toMatchObject([
      { state: 'resolved' },
    ]);
  });

  it('in a state that CloudWatch does not have is kept as a generic alert', () => {
    expect(translate(envelope(alarm({ NewStateValue: 'PURPLE' }))).signals[0]?.flags).toContain('generic');
  });

  it.each([
    [
      'a tag before all',
      { AlarmTags: { Application: 'Billing' }, ...watching({ QueueName: 'q' }) },
      'billing',
    ],
    [
      'the most telling dimension',
      watching({ InstanceId: 'i-1', AutoScalingGroupName: 'workers' }),
      'workers',
    ],
    ['the name of a load balancer', watching({ TargetGroup: 'targetgroup/api/73e2d6bc24d8a067' }), 'api'],
    [
      'the end of an ARN',
      watching({ StateMachineArn: 'arn:aws:states:eu-1:1:stateMachine:Refund' }),
      'refund',
    ],
    ['the first of dimensions that nobody knows', watching({ Tenant: 'T1', Shard: 's' }), 't1'],
    ['the namespace where there are none', watching({}, 'AWS/Lambda'), 'lambda'],
    ['nothing, of an alarm that combines others', { AlarmRule: 'ALARM("a")' }, undefined],
  ])('is of the service that is %s', (_, more, service) => {
    expect(signalOf(more)?.service).toBe(service);
  });

  it.each([
    [{ severity: 'warning' }, 'P3_MEDIUM'],
    [{ Priority: 'P2' }, 'P2_HIGH'],
    [{ team: 'a' }, undefined],
  ])('with the tags %j has the severity %s', (AlarmTags, severity) => {
    expect(signalOf({ AlarmTags })?.severity).toBe(severity);
  });

  it('is read too where its message is an event of EventBridge, or came without its envelope', () => {
    const event = {
      ...{
        source: 'aws.cloudwatch',
        'detail-type': 'CloudWatch Alarm State Change',
        resources: [`${arn}slow`],
      },
      detail: { alarmName: 'slow', state: { value: 'OK', timestamp: '2026-11-20T08:21:04.902+0000' } },
    };
    for (const body of [envelope(event), alarm({ NewStateValue: 'OK' })])
      expect(translate(body).signals).toMatchObject([
        { state: 'resolved', fingerprint: fingerprintOf(integration, 'alarm', `${arn}slow`) },
      ]);
  });
});

describe('what is no alarm', () => {
  it('is, of a text, an alert of its own with its first line where it has no subject', () => {
    const { signals } = translate(envelope('The archive is full.\nLook at it.'));
    expect(signals).toMatchObject([
      { state: 'firing', title: 'The archive is full.', description: 'The archive is full.\nLook at it.' },
    ]);
  });

  it('is, of JSON, told by its own words before the subject', () => {
    const said = { title: 'Disk', severity: 'high', service: 'store', status: 'resolved' };
    const { signals } = translate(envelope(said, { Subject: 'Something' }));
    expect(signals).toMatchObject([
      { state: 'resolved', title: 'Disk', severity: 'P2_HIGH', service: 'store' },
    ]);
  });

  it('is an alert also where its JSON is broken or deeper than is parsed', () => {
    for (const message of ['{"AlarmName":', `{"a":${'['.repeat(99)}${']'.repeat(99)}}`])
      expect(translate(envelope(message, { Subject: 'Odd' })).signals).toMatchObject([
        { title: 'Odd', flags: ['generic'] },
      ]);
  });

  it('is kept and marked where it is no envelope at all', () => {
    expect(translate({ hello: 'world' }).signals[0]?.flags).toEqual(['generic', 'clock']);
    expect(translate({ hello: 'world' }).signals[0]?.at).toBe(Date.parse(received));
  });
});

describe('what SNS asks about a subscription', () => {
  it('names the topic and where it is to be confirmed, and is no alert', () => {
    const { signals, ignored, confirmation } = translated('cloudwatch', 'subscription-confirmation');
    expect(signals).toEqual([]);
    expect(ignored).toContain(topic);
    expect(confirmation).toEqual({
      of: topic,
      address: expect.stringMatching(
        /^https:\/\/sns\.eu-central-1\.amazonaws\.com\/\?Action=ConfirmSubscription&/,
      ),
    });
  });

  it('is ignored, in a sentence, where a topic no longer sends', () => {
    const { signals, ignored, confirmation } = translated('cloudwatch', 'unsubscribe-confirmation');
    expect([signals, confirmation]).toEqual([[], undefined]);
    expect(ignored).toBe(`The topic ${topic} sends here no longer.`);
  });
});
