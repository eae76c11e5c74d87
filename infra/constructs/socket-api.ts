import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { socketAddresses, stageName } from './addresses.ts';
import { GatewayCaller } from './gateway-caller.ts';
import type { NodeFunction } from './node-function.ts';
import type { ApiProps } from './rest-api.ts';
import { SocketFunction, SocketGuard } from './socket-function.ts';

/** Below the account's default quota, of which the REST API needs its share. */
const throttle = { rateLimit: 2_500, burstLimit: 1_000 };

/** Never the query: it carries the ticket. */
const logLine = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  connection: '$context.connectionId',
  route: '$context.routeKey',
  event: '$context.eventType',
  status: '$context.status',
  integrationStatus: '$context.integration.status',
};

interface SocketHandlers {
  readonly Ticket: NodeFunction;
  readonly Connect: NodeFunction;
  readonly Disconnect: NodeFunction;
  readonly Message: NodeFunction;
}

/** The WebSocket API: made first, so that others can name its addresses, and given its handlers last. */
export class SocketApi extends Construct {
  readonly addresses: ReturnType<typeof socketAddresses>;
  readonly #api: WebSocketApi;

  constructor(scope: Construct, id: string, { logging }: ApiProps) {
    super(scope, id);
    this.#api = new WebSocketApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      routeSelectionExpression: '$request.body.type',
    });
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName,
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logging.accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(logLine)),
      },
    });
    stage.node.addDependency(logging.ready);
    this.addresses = socketAddresses(this.#api.apiId);
  }

  /** Only `$connect` can have an authorizer; it takes the single-use ticket. */
  serve({ Ticket, Connect, Disconnect, Message }: SocketHandlers): void {
    const caller = new GatewayCaller(this, 'Caller');
    const authorizer = new SocketGuard(this.#api, Ticket, caller, 'route.request.querystring.ticket');
    const to = (one: NodeFunction) => new SocketFunction(one, caller);
    this.#api.addRoute('$connect', { integration: to(Connect), authorizer });
    this.#api.addRoute('$disconnect', { integration: to(Disconnect) });
    this.#api.addRoute('$default', { integration: to(Message) });
  }

  /** What a function needs to push to connections of this API, or to cut them off. */
  manageStatement(method: 'POST' | 'DELETE'): PolicyStatement {
    const connections = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.#api.apiId,
      resourceName: `${stageName}/${method}/@connections/*`,
    });
    return new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [connections] });
  }
}
