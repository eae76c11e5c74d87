import { Stack } from 'aws-cdk-lib';
import {
  type CfnAuthorizer,
  type IWebSocketApi,
  type IWebSocketRouteAuthorizer,
  WebSocketAuthorizer,
  WebSocketAuthorizerType,
  WebSocketIntegrationType,
  WebSocketRouteIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { GatewayCaller } from './gateway-caller.ts';
import type { NodeFunction } from './node-function.ts';

/** A function behind a route of a WebSocket API, called by the API's own role. */
export class SocketFunction extends WebSocketRouteIntegration {
  readonly #uri: string;
  readonly #caller: GatewayCaller;

  constructor({ node, lambda }: NodeFunction, caller: GatewayCaller) {
    super(node.id);
    this.#uri = uriOf(lambda, caller.calls(lambda));
    this.#caller = caller;
  }

  override bind() {
    const { role: credentialsRole } = this.#caller;
    return { type: WebSocketIntegrationType.AWS_PROXY, uri: this.#uri, credentialsRole };
  }
}

/** A function before `$connect`, called by the API's own role; the CDK's construct knows no role there. */
export class SocketGuard implements IWebSocketRouteAuthorizer {
  readonly #authorizerId: string;

  constructor(api: IWebSocketApi, { node, lambda }: NodeFunction, caller: GatewayCaller, source: string) {
    const made = new WebSocketAuthorizer(api, node.id, {
      webSocketApi: api,
      type: WebSocketAuthorizerType.LAMBDA,
      identitySource: [source],
      authorizerUri: uriOf(lambda, caller.calls(lambda)),
    });
    (made.node.defaultChild as CfnAuthorizer).authorizerCredentialsArn = caller.role.roleArn;
    this.#authorizerId = made.authorizerId;
  }

  bind() {
    return { authorizerId: this.#authorizerId, authorizationType: 'CUSTOM' };
  }
}

const uriOf = (scope: Construct, path: string): string =>
  Stack.of(scope).formatArn({
    service: 'apigateway',
    account: 'lambda',
    resource: 'path',
    resourceName: path,
  });
