import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

/** The address that mail comes from; its owner confirms it once by a link that SES sends. */
export class Mail extends Construct {
  readonly #from: string;

  constructor(scope: Construct, id: string, { from }: { readonly from: string }) {
    super(scope, id);
    this.#from = from;
    new EmailIdentity(this, 'From', { identity: Identity.email(from) });
  }

  /**
   * What a function needs to learn who can be mailed, and to have SES ask an address for its confirmation. SES knows no resources
   * for these.
   */
  verifyStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['ses:GetSendQuota', 'ses:GetIdentityVerificationAttributes', 'ses:VerifyEmailIdentity'],
      resources: ['*'],
    });
  }

  /** What a function needs to learn how many mails it may send. SES knows no resources for it. */
  rateStatement(): PolicyStatement {
    return new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] });
  }

  /**
   * What a function needs to send from this address. While the account is in the SES sandbox, SES checks the identity of the
   * recipient too, so the address is fixed by a condition and not by the resource.
   */
  sendStatement(): PolicyStatement {
    return new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
      conditions: { StringEquals: { 'ses:FromAddress': this.#from } },
    });
  }
}
