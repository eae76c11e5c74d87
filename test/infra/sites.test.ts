import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loopback } from '../../infra/constructs/loopback.ts';
import { type Declared, type Made, references, synthesized, text } from './synthesized.ts';

let made: Made;
beforeAll(() => {
  made = synthesized();
});

const sites = ['Console', 'Status'] as const;
type Site = (typeof sites)[number];

function own(type: string, site: Site): Declared['Properties'] {
  const [declared, ...others] = made.ofType(type).filter(({ id }) => id.startsWith(site));
  if (declared === undefined || others.length > 0) throw new Error(`Not one ${type} of ${site}`);
  return declared.Properties;
}

const configOf = (site: Site) =>
  own('AWS::CloudFront::Distribution', site).DistributionConfig as Record<string, unknown>;

function contentPolicy(site: Site): string {
  const { ResponseHeadersPolicyConfig } = own('AWS::CloudFront::ResponseHeadersPolicy', site) as {
    ResponseHeadersPolicyConfig: {
      SecurityHeadersConfig: { ContentSecurityPolicy: Record<string, unknown> };
    };
  };
  return text(ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
}

const directive = (site: Site, name: string) =>
  contentPolicy(site)
    .split('; ')
    .find((part) => part.startsWith(`${name} `));

describe.each(sites)('the site %s', (site) => {
  test('is a private bucket that only its own CDN may read, over HTTPS', () => {
    expect(own('AWS::S3::Bucket', site)).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(own('AWS::S3::BucketPolicy', site).PolicyDocument).toMatchObject({
      Statement: [
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { Effect: 'Allow', Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } },
        // What lies beside the folder that the status site shows.
        ...(site === 'Status' ? [{ Effect: 'Deny', Action: 's3:GetObject' }] : []),
      ],
    });
    expect(configOf(site)).toMatchObject({
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' },
      DefaultRootObject: 'index.html',
      HttpVersion: 'http2and3',
    });
    expect(JSON.stringify(configOf(site).Origins)).toContain('OriginAccessControlId');
    expect(JSON.stringify(configOf(site).Origins)).not.toContain('CustomOriginConfig');
  });

  test('tells browsers to stay on HTTPS for two years and to allow neither frames nor sniffing', () => {
    const { ResponseHeadersPolicyConfig } = own('AWS::CloudFront::ResponseHeadersPolicy', site);
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        StrictTransportSecurity: {
          AccessControlMaxAgeSec: 63_072_000,
          IncludeSubdomains: true,
          Override: true,
        },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      },
    });
    const [policy] = references(
      (configOf(site).DefaultCacheBehavior as Declared['Properties']).ResponseHeadersPolicyId,
    );
    expect(made.resources.find(({ id }) => id === policy)?.Type).toBe(
      'AWS::CloudFront::ResponseHeadersPolicy',
    );
  });

  test('allows no inline code and no other host that it does not name', () => {
    expect(directive(site, 'default-src')).toBe("default-src 'none'");
    expect(directive(site, 'base-uri')).toBe("base-uri 'none'");
    expect(directive(site, 'frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(contentPolicy(site)).not.toMatch(/unsafe|\*|http:/);
  });

  test('removes nothing from its bucket when it is deployed', () => {
    const deployments = made
      .ofType('Custom::CDKBucketDeployment')
      .filter(({ Properties: { DestinationBucketName } }) =>
        text(DestinationBucketName).startsWith(`<${site}Bucket`),
      );
    expect(deployments).toHaveLength(2);
    for (const { Properties: properties } of deployments) expect(properties.Prune).toBe(false);
    const headers = deployments.map(({ Properties: properties }) => [
      properties.DestinationBucketKeyPrefix,
      properties.SystemMetadata,
    ]);
    const folder = site === 'Status' ? 'public' : undefined;
    expect(headers).toEqual([
      [folder, { 'cache-control': 'no-cache' }],
      [[folder, 'assets'].filter(Boolean).join('/'), { 'cache-control': 'max-age=31536000, immutable' }],
    ]);
  });

  test('gets its pages only after the assets that they name', () => {
    const of = (name: string) =>
      made.ofType('Custom::CDKBucketDeployment').find(({ id }) => id.startsWith(`${site}${name}`));
    expect(of('Pages')?.DependsOn).toContain(of('Assets')?.id);
  });
});

describe('the console', () => {
  test('may talk to the API below its stage, to the socket and to the sign-in', () => {
    expect(directive('Console', 'script-src')).toBe("script-src 'self'");
    expect(directive('Console', 'connect-src')?.split(' ')).toEqual([
      'connect-src',
      "'self'",
      expect.stringMatching(/^https:\/\/<RestApi\w+>\.execute-api\..*\/live\/$/),
      expect.stringMatching(/^wss:\/\/<SocketApi\w+>\.execute-api\..*\/live$/),
      'https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>/',
      expect.stringMatching(/^https:\/\/incidents-<AWS::StackId>\.auth\.<AWS::Region>\.amazoncognito\.com$/),
    ]);
  });

  test('answers every unknown path with its first page', () => {
    expect(configOf('Console').CustomErrorResponses).toEqual(
      [403, 404].map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: 200,
        ResponsePagePath: '/index.html',
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  test('finds the addresses of this deployment in config.json', () => {
    const pages = made
      .ofType('Custom::CDKBucketDeployment')
      .find(({ id }) => id.startsWith('ConsolePages'))?.Properties;
    expect(pages?.SourceObjectKeys).toHaveLength(2);
    const markers = JSON.stringify(pages?.SourceMarkers);
    for (const part of ['RestApi', 'SocketApi', 'SignInUsers', 'SignInConsole'])
      expect(markers).toContain(part);
  });

  test('signs people in by code with PKCE and nothing else, and so do commands, each by a client of its own', () => {
    const clients = made.ofType('AWS::Cognito::UserPoolClient').map(({ Properties }) => Properties);
    for (const client of clients)
      expect(client).toMatchObject({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        // Left out, Cognito would take passwords at its API.
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
      });
    expect(clients.map(({ CallbackURLs }) => (CallbackURLs as unknown[]).map(text))).toEqual([
      [expect.stringMatching(/^https:\/\/<ConsoleDistribution\w+>\/$/)],
      // Whose browser comes back to the machine that they run on.
      [loopback],
    ]);
  });

  test('lets nobody sign up who was not invited, and asks for a second factor', () => {
    expect(made.ofType('AWS::Cognito::UserPool')[0]?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    });
    const invited = made.ofType('AWS::Cognito::UserPoolUser').map(({ Properties: { Username } }) => Username);
    expect(invited).toEqual(['admin@example.com']);
  });
});

describe('the status page', () => {
  test('runs no script and posts forms to the API only', () => {
    expect(directive('Status', 'script-src')).toBe("script-src 'none'");
    expect(directive('Status', 'connect-src')).toBe("connect-src 'none'");
    expect(directive('Status', 'form-action')).toMatch(
      /^form-action 'self' https:\/\/<RestApi\w+>.*\/live\/$/,
    );
  });

  test('answers an unknown path with 404 and never with its first page', () => {
    expect(configOf('Status').CustomErrorResponses).toEqual([
      { ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/not-found.html', ErrorCachingMinTTL: 10 },
    ]);
  });

  test('[F84] shows one folder of its bucket, and may read no other', () => {
    const origins = configOf('Status').Origins as readonly { readonly OriginPath?: string }[];
    expect(origins.map(({ OriginPath }) => OriginPath)).toEqual(['/public']);
    const { Statement } = own('AWS::S3::BucketPolicy', 'Status').PolicyDocument as {
      readonly Statement: readonly Record<string, unknown>[];
    };
    const denied = Statement.filter(
      ({ Effect, Principal }) => Effect === 'Deny' && JSON.stringify(Principal).includes('cloudfront'),
    );
    expect(denied.map(({ NotResource }) => text(NotResource))).toEqual([
      expect.stringMatching(/^<StatusBucket\w+>\/public\/\*$/),
    ]);
  });

  test('is not overwritten by a deployment: what that brings is no page', () => {
    const folder = join(import.meta.dirname, '../../frontend/status');
    expect(readdirSync(folder).filter((name) => name.endsWith('.html'))).toEqual(['not-found.html']);
  });

  test('may be read by pages of other sites', () => {
    const { ResponseHeadersPolicyConfig } = own('AWS::CloudFront::ResponseHeadersPolicy', 'Status');
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      CorsConfig: { AccessControlAllowOrigins: { Items: ['*'] }, AccessControlAllowCredentials: false },
    });
    expect(
      own('AWS::CloudFront::ResponseHeadersPolicy', 'Console').ResponseHeadersPolicyConfig,
    ).not.toHaveProperty('CorsConfig');
  });

  test('stands when the system does not: no origin of it is the API', () => {
    expect(references(configOf('Status').Origins).filter((id) => id.startsWith('Rest'))).toEqual([]);
  });
});
