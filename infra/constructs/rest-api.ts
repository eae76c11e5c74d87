import { Duration, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  AwsIntegration,
  type CfnAuthorizer,
  EndpointType,
  RestApi as Gateway,
  LogGroupLogDestination,
  RequestAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, Route } from '../../shared/wiring/index.ts';
import { restAddress, restHost, stageName } from './addresses.ts';
import { foldRoutes } from './fold-routes.ts';
import { GatewayCaller } from './gateway-caller.ts';
import type { GatewayLogging } from './gateway-logging.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { NodeFunction } from './node-function.ts';

/** Half of what an account may take by default: a flood here leaves room for the sockets of the same account. */
const throttling = { throttlingRateLimit: 5_000, throttlingBurstLimit: 2_500 };

/** Never the path or the query: they carry webhook keys and signed tokens. `resourcePath` is the template. */
const logLine = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  bytes: '$context.responseLength',
  ms: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  authorizerStatus: '$context.authorizer.status',
  responseType: '$context.error.responseType',
};

interface Routing {
  readonly routes: readonly Route[];
  readonly functions: Readonly<Record<FunctionName, NodeFunction>>;
  readonly authorizer: NodeFunction;
  /** Scheme and host of the console, whose pages may read answers of the gateway. */
  readonly consoleOrigin: string;
}

/** What both APIs are made with. */
export interface ApiProps {
  readonly logging: GatewayLogging;
}

/** The REST API: made first, so that others can name its address, and given its routes last. */
export class RestApi extends Construct {
  readonly address: string;
  /** Without the stage, for who stands before it. */
  readonly host: string;
  readonly accessLogs: ILogGroup;
  readonly #gateway: Gateway;

  constructor(scope: Construct, id: string, { logging }: ApiProps) {
    super(scope, id);
    this.accessLogs = logging.accessLogs;
    this.#gateway = new Gateway(this, 'Api', {
      restApiName: Stack.of(this).stackName,
      endpointTypes: [EndpointType.REGIONAL],
      // Every body arrives as base64 of the very bytes that were sent: signatures are over bytes.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        ...throttling,
        // A trace of the stage would hold whole paths, and with them keys and tokens; the functions are traced.
        tracingEnabled: false,
        accessLogDestination: new LogGroupLogDestination(logging.accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(logLine)),
      },
    });
    this.#gateway.deploymentStage.node.addDependency(logging.ready);
    // The stack tells its addresses itself.
    this.#gateway.node.tryRemoveChild('Endpoint');
    this.address = restAddress(this.#gateway.restApiId);
    this.host = restHost(this.#gateway.restApiId);
  }

  /** How many requests were answered with a fault of ours. */
  serverErrors(options: MetricOptions): Metric {
    return this.#gateway.metricServerError(options);
  }

  /** How many requests there were. */
  requests(options: MetricOptions): Metric {
    return this.#gateway.metricCount(options);
  }

  /** Makes the resources and methods of the route table, all answered by functions. */
  serve({ routes, functions, authorizer, consoleOrigin }: Routing): void {
    addGatewayResponses(this.#gateway, consoleOrigin);
    const caller = new GatewayCaller(this, 'Caller');
    caller.calls(authorizer.lambda);
    const asked = new RequestAuthorizer(this, 'Authorizer', {
      handler: authorizer.lambda,
      assumeRole: caller.role,
      identitySources: [],
      // The organisation header matters but may be absent; see docs/decisions/0002-authorizer-cache.md.
      resultsCacheTtl: Duration.seconds(0),
    });
    // Without a source API Gateway asks for every request, also for one without a credential; the CDK would name an empty one.
    (asked.node.defaultChild as CfnAuthorizer).identitySource = undefined;
    const open = { authorizationType: AuthorizationType.NONE };
    const guarded = { authorizationType: AuthorizationType.CUSTOM, authorizer: asked };
    for (const door of foldRoutes(routes)) {
      const resource = this.#gateway.root.resourceForPath(door.path);
      const integration = new AwsIntegration({
        service: 'lambda',
        proxy: true,
        path: caller.calls(functions[door.function].lambda),
        options: { credentialsRole: caller.role },
      });
      resource.addMethod('ANY', integration, door.authorized ? guarded : open);
    }
  }
}
