import { Duration } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPool,
  CfnUserPoolUser,
  Mfa,
  OAuthScope,
  type OAuthSettings,
  UserPool,
  UserPoolClient,
  UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { issuerAddress, issuersAddress, signInAddress } from './addresses.ts';
import { loopback } from './loopback.ts';
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
  /** The host of the issuer. Sites name it and not the pool, whose invitation names a site: that would be a cycle. */
  readonly issuers = issuersAddress;
  /** The hosted pages, `https://` and the host. */
  readonly pages: string;
  readonly #pool: UserPool;
  readonly #organisation: string;
  readonly #administrator: string;

  constructor(scope: Construct, id: string, { keep, organisation, administrator }: SignInProps) {
    super(scope, id);
    this.#organisation = organisation;
    this.#administrator = administrator;
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
      deletionProtection: keep.guarded,
      removalPolicy: keep.removal,
    });
    // Unique among all accounts, as it must be.
    const prefix = `incidents-${stackUuid}`;
    new UserPoolDomain(this, 'Domain', { userPool: this.#pool, cognitoDomain: { domainPrefix: prefix } });
    this.issuer = issuerAddress(this.#pool.userPoolId);
    this.pages = signInAddress(prefix);
  }

  /** Has the invitation name the site, and invites the administrator, who is the pool's first user. */
  inviteTo(site: string): void {
    const pool = this.#pool.node.defaultChild as CfnUserPool;
    pool.adminCreateUserConfig = {
      allowAdminCreateUserOnly: true,
      inviteMessageTemplate: {
        emailSubject: `${plain(this.#organisation)}: your access to incident management`,
        emailMessage: invitation(this.#organisation, site),
      },
    };
    new CfnUserPoolUser(this, 'Administrator', {
      userPoolId: this.#pool.userPoolId,
      username: this.#administrator,
      desiredDeliveryMediums: ['EMAIL'],
      userAttributes: [
        { name: 'email', value: this.#administrator },
        { name: 'email_verified', value: 'true' },
      ],
    });
  }

  /** Lets a site sign people in. */
  clientFor(site: string): string {
    const logoutUrls = [`${site}/`];
    return this.#client('Console', { callbackUrls: [`${site}/`], logoutUrls }, Duration.days(7));
  }

  /**
   * Lets operators' commands sign people in, whose browser comes back to their own machine. A client of its own, so that no site's
   * sign-in can end at a program on the machine of the person, and each can be closed alone.
   */
  clientForCommands(): string {
    // Commands throw the refresh token away; an hour is the least that Cognito allows.
    return this.#client('Commands', { callbackUrls: [loopback] }, Duration.hours(1));
  }

  /** A client without a secret: authorization code with PKCE, and nothing else. */
  #client(id: string, urls: OAuthSettings, refreshTokenValidity: Duration): string {
    const client = new UserPoolClient(this, id, {
      userPool: this.#pool,
      generateSecret: false,
      // Naming none would allow what Cognito does by default: passwords and custom challenges at its API, past its pages.
      authFlows: { userPassword: false },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        ...urls,
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity,
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    return client.userPoolClientId;
  }
}

/** Without what would be markup, or a field of Cognito's. */
const plain = (text: string): string => text.replace(/[&<>{}\p{Cc}]/gu, ' ');

/** Cognito sends it as HTML; both fields in braces must be there. */
function invitation(organisation: string, site: string): string {
  return `<p>You have been invited to the incident management of ${plain(organisation)}.</p>
<p>Open <a href="${site}">${site}</a> and sign in as {username} with the temporary password <code>{####}</code></p>
<p>It is good for seven days. You then choose a password of your own and set up an authenticator app.</p>`;
}
