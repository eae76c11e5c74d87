import { Duration } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolUser,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { issuerAddress, signInAddress } from './addresses.ts';
import type { Retention } from './retention.ts';
import { stackUuid } from './stack-uuid.ts';

interface SignInProps {
  readonly keep: Retention;
  readonly organisation: string;
  /** Gets the first invitation by e-mail. */
  readonly administrator: string;
}

/** Sign-in by OpenID Connect with a user pool of one's own, into which administrators invite people. */
export class SignIn extends Construct {
  readonly issuer: string;
  /** The hosted pages, `https://` and the host. */
  readonly pages: string;
  readonly #pool: UserPool;

  constructor(scope: Construct, id: string, { keep, organisation, administrator }: SignInProps) {
    super(scope, id);
    this.#pool = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      userInvitation: {
        emailSubject: `${organisation}: your access to incident management`,
        emailBody: `You have been invited to the incident management of ${organisation}. Sign in as {username} with the temporary password {####}`,
      },
      deletionProtection: keep.guarded,
      removalPolicy: keep.removal,
    });
    // Unique among all accounts, as it must be.
    const prefix = `incidents-${stackUuid}`;
    new UserPoolDomain(this, 'Domain', { userPool: this.#pool, cognitoDomain: { domainPrefix: prefix } });
    new CfnUserPoolUser(this, 'Administrator', {
      userPoolId: this.#pool.userPoolId,
      username: administrator,
      desiredDeliveryMediums: ['EMAIL'],
      userAttributes: [
        { name: 'email', value: administrator },
        { name: 'email_verified', value: 'true' },
      ],
    });
    this.issuer = issuerAddress(this.#pool.userPoolId);
    this.pages = signInAddress(prefix);
  }

  /** Lets a site without a secret sign people in: authorization code with PKCE. */
  clientFor(site: string): string {
    const client = new UserPoolClient(this, 'Console', {
      userPool: this.#pool,
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${site}/`],
        logoutUrls: [`${site}/`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(7),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    return client.userPoolClientId;
  }
}
