import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { stageName } from './addresses.ts';

/** A name of one's own for the host, which stays when the stack is made anew or another one takes its place. */
export interface OwnDomain {
  readonly domain: string;
  /** The ARN of a certificate of us-east-1. */
  readonly certificate: string;
  /** The id of the hosted zone that gets the records; without one, whoever deploys sets them. */
  readonly hostedZone: string | undefined;
}

interface AlertsHostProps {
  /** The host of the REST API. A name, not the API: through its stage a function that is told this address would need itself. */
  readonly api: string;
  /** @default the name that CloudFront gives, which keeps answering beside an own one */
  readonly own?: OwnDomain | undefined;
}

/** What CloudFront would keep for ten seconds, and so tell one sender what another was answered. */
const errors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** To API Gateway `/v2/alerts/` is another path than `/v2/alerts`, and Opsgenie's own client ends its paths with a slash. */
const withoutLastSlash = `function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/(.)\\/+$/, '$1');
  return request;
}`;

/**
 * The host that senders of alerts are set up with: the REST API without its stage, as clients of other products put the paths
 * that they know behind a host. It keeps no logs: theirs hold paths, and paths hold keys; the gateway logs the template of each.
 */
export class AlertsHost extends Construct {
  /** `https://` and the host, without a trailing slash. */
  readonly address: string;
  /** The name that CloudFront gives, which the records of an own domain point to; undefined without one. */
  readonly target: string | undefined;

  constructor(scope: Construct, id: string, { api, own }: AlertsHostProps) {
    super(scope, id);
    const bare = new EdgeFunction(this, 'WithoutLastSlash', {
      code: FunctionCode.fromInline(withoutLastSlash),
      runtime: FunctionRuntime.JS_2_0,
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Alerts come in here',
      defaultBehavior: {
        origin: new HttpOrigin(api, {
          originPath: `/${stageName}`,
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        }),
        // A redirect would come after the key has gone over the wire for all to read.
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress: false,
        functionAssociations: [{ function: bare, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      errorResponses: errors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2,
      enableLogging: false,
      ...(own !== undefined && this.#named(own)),
    });
    const given = distribution.distributionDomainName;
    this.target = own && given;
    this.address = `https://${own?.domain ?? given}`;
    if (own?.hostedZone !== undefined) this.#record(own.domain, own.hostedZone, distribution);
  }

  #named({ domain, certificate }: OwnDomain) {
    return {
      domainNames: [domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  #record(domain: string, hostedZoneId: string, distribution: Distribution): void {
    // The zone's own name is only asked for to complete names that do not end with a dot.
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: domain });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    const props = { zone, recordName: `${domain}.`, target };
    new ARecord(this, 'Address4', props);
    new AaaaRecord(this, 'Address6', props);
  }
}
