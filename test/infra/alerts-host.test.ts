import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { acknowledge, acknowledgementsFor } from '../../infra/acknowledgements.ts';
import { edgeFunction } from '../../infra/local/static-site/edge-function.ts';
import { references, type Synthesized, synthesize } from './synthesized.ts';

let made: Synthesized;
let config: Record<string, unknown>;
beforeAll(() => {
  made = synthesize();
  const host = made.ofType('AWS::CloudFront::Distribution').filter(({ id }) => id.startsWith('AlertsHost'));
  expect(host).toHaveLength(1);
  config = host[0]?.Properties.DistributionConfig as Record<string, unknown>;
});

/** Policies that AWS manages (AWS: "Use managed cache policies", "Use managed origin request policies"). */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

describe('the host that senders of alerts are set up with', () => {
  test('passes every method, header but Host, and query on to the REST API, whose stage no path shows', () => {
    expect(config.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHost,
    });
    expect(config.CacheBehaviors).toBeUndefined();
    const [origin, ...others] = config.Origins as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(origin).toMatchObject({
      OriginPath: '/live',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
    const [api] = made.ofType('AWS::ApiGateway::RestApi');
    expect(references(origin)).toContain(api?.id);
  });

  test('leaves out a slash at the end of a path, which would be another path to API Gateway', () => {
    const [bare] = made.ofType('AWS::CloudFront::Function').filter(({ id }) => id.startsWith('AlertsHost'));
    const run = edgeFunction(String(bare?.Properties.FunctionCode), 'bare');
    const uriOf = (uri: string) => {
      const request = { method: 'POST', uri, querystring: {}, headers: {} };
      const event = { eventType: 'viewer-request', domain: 'd', requestId: 'r', ip: '::1', request } as const;
      return (run(event) as typeof request).uri;
    };
    expect(['/v2/alerts/', '/v2/alerts', '/v2/alerts/a%2F//', '/'].map(uriOf)).toEqual([
      ...['/v2/alerts', '/v2/alerts', '/v2/alerts/a%2F', '/'],
    ]);
    const { FunctionAssociations } = config.DefaultCacheBehavior as Record<string, { EventType: string }[]>;
    expect(FunctionAssociations?.map(({ EventType }) => EventType)).toEqual(['viewer-request']);
  });

  test('answers by https alone, so that no key goes over the wire for all to read', () => {
    expect(config.DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: 'https-only' });
  });

  test('keeps no answer, not even an error, for the next sender', () => {
    const kept = config.CustomErrorResponses as { ErrorCode: number; ErrorCachingMinTTL: number }[];
    expect(kept.map(({ ErrorCode }) => ErrorCode)).toEqual([
      400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504,
    ]);
    for (const { ErrorCode, ...rest } of kept)
      expect(rest, `${ErrorCode}`).toEqual({ ErrorCachingMinTTL: 0 });
  });

  test('writes no log, since paths hold keys; the gateway behind it logs templates of paths', () => {
    expect(config.Logging).toBeUndefined();
    expect(made.ofType('AWS::Logs::DeliverySource')).toEqual([]);
    const [stage] = made.ofType('AWS::ApiGateway::Stage');
    expect(JSON.stringify(stage?.Properties.AccessLogSetting)).not.toMatch(/context\.path|requestOverride/);
  });

  test('is what integrations are shown, and an output', () => {
    const alerts = made
      .ofType('AWS::Lambda::Function')
      .find(({ Properties: own }) => own.Handler === 'Alerts.handler');
    expect(JSON.stringify(alerts?.Properties.Environment)).toMatch(
      /"ALERTS_URL":\{"Fn::Join":\["",\["https:\/\/",\{"Fn::GetAtt":\["AlertsHost\w+","DomainName"\]/,
    );
    expect(made.stack.node.tryFindChild('AlertsOutput')).toBeDefined();
  });
});

describe('the host that senders of alerts are set up with, under a domain of its own', () => {
  const certificate = `arn:aws:acm:us-east-1:123456789012:certificate/${'1a2b3c4d'.repeat(4)}`;
  const named = { alertsDomain: 'alerts.example.com', alertsCertificate: certificate };
  let own: Synthesized;
  let recorded: Synthesized;
  beforeAll(() => {
    own = synthesize({ context: named });
    recorded = synthesize({ context: { ...named, alertsHostedZone: 'Z0123456789ABCDEFGHIJ' } });
  });
  const hostOf = ({ ofType }: Synthesized) =>
    ofType('AWS::CloudFront::Distribution').find(({ id }) => id.startsWith('AlertsHost'));

  test('shows the certificate to whoever speaks at least TLS 1.2 with the ciphers of 2021', () => {
    expect(hostOf(own)?.Properties.DistributionConfig).toMatchObject({
      Aliases: ['alerts.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: certificate,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
  });

  test('is otherwise the host that it was, so that both names answer and nothing is made anew', () => {
    const { Aliases, ViewerCertificate } = config;
    expect(hostOf(own)?.Properties.DistributionConfig).toEqual({
      ...config,
      Aliases: expect.anything(),
      ViewerCertificate: expect.anything(),
    });
    expect([Aliases, ViewerCertificate]).toEqual([undefined, undefined]);
    expect(own.resources.map(({ id }) => id)).toEqual(made.resources.map(({ id }) => id));
  });

  test('is the address that functions and outputs tell; another output is what its records point to', () => {
    const alerts = own
      .ofType('AWS::Lambda::Function')
      .find(({ Properties: { Handler } }) => Handler === 'Alerts.handler');
    expect(alerts?.Properties.Environment).toMatchObject({
      Variables: { ALERTS_URL: 'https://alerts.example.com' },
    });
    const outputs = Template.fromStack(own.stack).findOutputs('*');
    expect(outputs.AlertsOutput).toEqual({ Value: 'https://alerts.example.com' });
    expect(outputs.AlertsTargetOutput).toEqual({ Value: { 'Fn::GetAtt': [hostOf(own)?.id, 'DomainName'] } });
    expect(Template.fromStack(made.stack).findOutputs('AlertsTargetOutput')).toEqual({});
  });

  test('gets its records, for both kinds of addresses, only in a zone that the settings name', () => {
    expect(own.ofType('AWS::Route53::RecordSet')).toEqual([]);
    const records = recorded.ofType('AWS::Route53::RecordSet').map(({ Properties: all }) => all);
    expect(records.map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    for (const record of records) {
      expect(record).toMatchObject({
        Name: 'alerts.example.com.',
        HostedZoneId: 'Z0123456789ABCDEFGHIJ',
        AliasTarget: { DNSName: { 'Fn::GetAtt': [hostOf(recorded)?.id, 'DomainName'] } },
      });
    }
  });

  test('leaves cdk-nag nothing to find, not even the old TLS that the name of CloudFront has', () => {
    const none = { runbookFunctions: [], runbookDocuments: [], restoredTable: undefined, tracing: false };
    const rows = acknowledgementsFor({ ...none, alertsDomain: named.alertsDomain });
    expect(rows.filter(([rule]) => rule === 'CFR4').map(([, at]) => at)).toEqual([
      'Console/Distribution',
      'Status/Distribution',
    ]);
    acknowledge(recorded.stack, rows);
    expect(new AwsSolutionsChecks(recorded.app).validateScope(recorded.stack).violations).toEqual([]);
  });
});
