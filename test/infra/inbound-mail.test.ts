import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { acknowledge, acknowledgements } from '../../infra/acknowledgements.ts';
import { type Made, references, type Synthesized, synthesize, synthesized, text } from './synthesized.ts';

const domain = 'alerts.example.com';
let made: Synthesized;
let without: Made;
beforeAll(() => {
  made = synthesize({ context: { inboundDomain: domain } });
  without = synthesized();
});

interface Statements {
  readonly Statement?: readonly Record<string, unknown>[];
}
interface Conditions {
  readonly StringEquals?: Readonly<Record<string, unknown>>;
  readonly ArnLike?: Readonly<Record<string, unknown>>;
}

const taker = () =>
  made.ofType('AWS::Lambda::Function').find(({ Properties: own }) => own.Handler === 'ReceiveMail.handler');
const ruleSet = () => made.ofType('AWS::SES::ReceiptRuleSet')[0]?.id ?? '';
const bySes = ({ Properties: own }: { readonly Properties: Readonly<Record<string, unknown>> }) =>
  JSON.stringify(own).includes('ses.amazonaws.com');

describe('mail in', () => {
  test('is received for the one domain, scanned, put into the bucket, and told to one function', () => {
    const rules = made.ofType('AWS::SES::ReceiptRule');
    expect(rules).toHaveLength(1);
    expect(rules[0]?.Properties).toMatchObject({
      Rule: {
        ...{ Enabled: true, Name: domain, Recipients: [domain], ScanEnabled: true, TlsPolicy: 'Optional' },
        Actions: [
          {
            S3Action: {
              BucketName: { Ref: expect.stringMatching(/^StoresDeliveries/) },
              ObjectKeyPrefix: 'mail/',
            },
          },
          { LambdaAction: { InvocationType: 'Event' } },
        ],
      },
    });
    expect(references(rules[0]?.Properties)).toEqual(expect.arrayContaining([taker()?.id, ruleSet()]));
  });

  test('is written and told by SES for that rule of this account alone, before the rule is there', () => {
    const policies = made.ofType('AWS::S3::BucketPolicy').filter(bySes);
    expect(policies).toHaveLength(1);
    const { Statement = [] } = (policies[0]?.Properties.PolicyDocument ?? {}) as Statements;
    const said = Statement.find((one) => bySes({ Properties: one }));
    expect(said).toMatchObject({ Action: 's3:PutObject', Principal: { Service: 'ses.amazonaws.com' } });
    expect(text(said?.Resource)).toMatch(/\/mail\/\*$/);
    const { StringEquals, ArnLike } = (said?.Condition ?? {}) as Conditions;
    expect(StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    expect(text(ArnLike?.['aws:SourceArn'])).toMatch(
      /^arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:receipt-rule-set\/\*:receipt-rule\/alerts\.example\.com$/,
    );
    const permissions = made.ofType('AWS::Lambda::Permission').filter(bySes);
    expect(permissions).toHaveLength(1);
    expect(permissions[0]?.Properties).toMatchObject({
      Action: 'lambda:InvokeFunction',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
    expect(text(permissions[0]?.Properties.SourceArn)).toBe(text(ArnLike?.['aws:SourceArn']));
    expect(made.ofType('AWS::SES::ReceiptRule')[0]?.DependsOn).toEqual(
      expect.arrayContaining([policies[0]?.id, permissions[0]?.id]),
    );
  });

  test('lies for two weeks apart from what is shown, and only the function that takes it reads it', () => {
    const [bucket] = made.ofType('AWS::S3::Bucket').filter(({ id }) => id.startsWith('StoresDeliveries'));
    expect(bucket?.Properties.LifecycleConfiguration).toMatchObject({
      Rules: [
        { ExpirationInDays: 7, Prefix: 'org_', Status: 'Enabled' },
        { ExpirationInDays: 14, Prefix: 'mail/', Status: 'Enabled' },
      ],
    });
    const reading = made
      .ofType('AWS::IAM::Role')
      .filter((role) => JSON.stringify(made.statementsOf(role)).includes('/mail/*'));
    expect(reading.map(({ id }) => id)).toEqual([expect.stringMatching(/^ReceiveMailRole/)]);
  });

  test('that the function could not take is brought twice more, and then lies in the bucket that an alarm looks at', () => {
    const own = without
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(({ Properties }) => references(Properties.FunctionName).includes(taker()?.id ?? ''));
    expect(own?.Properties).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 });
    expect(references(own?.Properties.DestinationConfig)).toEqual([
      expect.stringMatching(/^StoresUndelivered/),
    ]);
  });

  test('is not there without the setting: SES may write nothing and call nobody', () => {
    expect(without.resources.filter(({ Type }) => Type.startsWith('AWS::SES::Receipt'))).toEqual([]);
    expect(without.ofType('AWS::S3::BucketPolicy').filter(bySes)).toEqual([]);
    expect(without.ofType('AWS::Lambda::Permission').filter(bySes)).toEqual([]);
  });

  test('is what people are told to mail to: the function that makes integrations knows the domain', () => {
    const variables = ({ ofType }: Made) =>
      ofType('AWS::Lambda::Function')
        .map(({ Properties: own }) => own.Environment as { Variables?: Record<string, unknown> } | undefined)
        .flatMap((one) => one?.Variables?.INBOUND_DOMAIN ?? []);
    expect([variables(made), variables(without)]).toEqual([[domain], ['none']]);
  });

  test('[F88] adds nothing that cdk-nag finds', () => {
    acknowledge(made.stack, acknowledgements);
    const { violations } = new AwsSolutionsChecks(made.app).validateScope(made.stack);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});
