import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { mailFolder } from '../../shared/wiring/index.ts';
import type { NodeFunction } from './node-function.ts';

interface InboundMailProps {
  /** Where everything that is mailed is for us. */
  readonly domain: string;
  readonly taker: NodeFunction;
  /** Keeps the mails, whole. */
  readonly bucket: IBucket;
}

/**
 * Puts the mails of a domain into a bucket and tells a function of each. The set of rules is not put in force: an account has one
 * such set, which may be of others. So what a rule of this name may do, it may in every set of the account.
 */
export class InboundMail extends Construct {
  readonly ruleSet: string;

  constructor(scope: Construct, id: string, { domain, taker, bucket }: InboundMailProps) {
    super(scope, id);
    const { ref: ruleSetName } = new CfnReceiptRuleSet(this, 'RuleSet');
    this.ruleSet = ruleSetName;
    const sourceArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `*:receipt-rule/${domain}`,
    });
    const mailer = new ServicePrincipal('ses.amazonaws.com');
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [mailer],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${mailFolder}/*`)],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': sourceArn },
        },
      }),
    );
    taker.lambda.addPermission('Mail', { principal: mailer, sourceAccount: Aws.ACCOUNT_ID, sourceArn });
    const rule = new CfnReceiptRule(this, 'Rule', {
      ruleSetName,
      rule: {
        name: domain,
        enabled: true,
        recipients: [domain],
        scanEnabled: true,
        tlsPolicy: 'Optional',
        actions: [
          { s3Action: { bucketName: bucket.bucketName, objectKeyPrefix: `${mailFolder}/` } },
          { lambdaAction: { functionArn: taker.lambda.functionArn, invocationType: 'Event' } },
        ],
      },
    });
    // SES tries both as the rule is made.
    if (bucket.policy !== undefined) rule.node.addDependency(bucket.policy);
    rule.node.addDependency(taker.lambda);
  }
}
