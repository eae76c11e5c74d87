import { describe, expect, test } from 'vitest';
import { invocable } from '../../../../infra/local/gateway/invoke.ts';
import { readRestApi } from '../../../../infra/local/gateway/rest/api.ts';
import { readSocketApi } from '../../../../infra/local/gateway/socket/api.ts';
import type { Resource, World } from '../../../../infra/local/resource.ts';
import { fakeArn, fakeUri, fakeWorld, made } from '../../../support/fake-world.ts';

const role = 'arn:aws:iam::123456789012:role/Caller';
const source = 'arn:aws:execute-api:eu-central-1:123456789012:abc/live/GET/a';

/** A world in which functions may be invoked by the role, by their own policy, or by nobody; `asked` holds what was asked. */
function worldOf(way: 'role' | 'policy' | 'nobody', resources: readonly Resource[] = []) {
  const asked: string[] = [];
  const world: World = {
    ...fakeWorld({ resources }),
    place: (id) => `${id} (infra/stack.ts:7)`,
    mayByRole: (principal, by, action, arn) => {
      asked.push([principal, by, action, arn].join(' '));
      return way === 'role' && by === role;
    },
    mayInvoke: () => way === 'policy',
  };
  return { world, asked };
}

const byRole = (name: string) => `apigateway.amazonaws.com ${role} lambda:InvokeFunction ${fakeArn(name)}`;

describe('a function that API Gateway calls', () => {
  test('is invoked by the role that the integration names, and its own policy is not asked', () => {
    const { world, asked } = worldOf('role');
    expect(invocable(world, 'M', { uri: fakeUri('F'), source, credentials: role })).toBe(fakeArn('F'));
    expect(asked).toEqual([byRole('F')]);
    const own = worldOf('policy').world;
    expect(() => invocable(own, 'M', { uri: fakeUri('F'), source, credentials: role })).toThrow(
      `M (infra/stack.ts:7): no role ${role} lets apigateway.amazonaws.com take it`,
    );
  });

  test('is invoked by its own policy when there is no role, and no role is asked', () => {
    const { world, asked } = worldOf('policy');
    expect(invocable(world, 'M', { uri: fakeUri('F'), source })).toBe(fakeArn('F'));
    expect(asked).toEqual([]);
    expect(() => invocable(worldOf('role').world, 'M', { uri: fakeUri('F'), source })).toThrow(
      'no AWS::Lambda::Permission',
    );
  });
});

describe('an API whose integrations and authorizers name a role', () => {
  const owner = { RestApiId: 'Rest', ApiId: 'Socket' };
  const authorizer = { ...owner, IdentitySource: '', AuthorizerUri: fakeUri('Guard') };
  const rest = made('Rest', 'AWS::ApiGateway::RestApi', {}, { attributes: { RootResourceId: 'root' } });
  const socket = made('Socket', 'AWS::ApiGatewayV2::Api', {
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.type',
  });
  const resources = [
    made('Stage', 'AWS::ApiGateway::Stage', { ...owner, StageName: 'live' }),
    made('A', 'AWS::ApiGateway::Authorizer', {
      ...{ ...authorizer, Type: 'REQUEST' },
      AuthorizerCredentials: role,
    }),
    made('M', 'AWS::ApiGateway::Method', {
      ...{ ...owner, ResourceId: 'root', HttpMethod: 'ANY', AuthorizationType: 'CUSTOM', AuthorizerId: 'A' },
      Integration: { Type: 'AWS_PROXY', Uri: fakeUri('F'), Credentials: role },
    }),
    made('Live', 'AWS::ApiGatewayV2::Stage', { ...owner, StageName: 'live' }),
    made('T', 'AWS::ApiGatewayV2::Authorizer', {
      ...{ ...authorizer, IdentitySource: [], AuthorizerType: 'REQUEST' },
      AuthorizerCredentialsArn: role,
    }),
    made('I', 'AWS::ApiGatewayV2::Integration', {
      ...{ ...owner, IntegrationType: 'AWS_PROXY', IntegrationUri: fakeUri('F') },
      CredentialsArn: role,
    }),
    made('R', 'AWS::ApiGatewayV2::Route', {
      ...{ ...owner, RouteKey: '$connect', Target: 'integrations/I' },
      ...{ AuthorizationType: 'CUSTOM', AuthorizerId: 'T' },
    }),
  ];

  test.each([
    ['of REST', (world: World) => readRestApi(rest, world), 'A'],
    ['of a WebSocket', (world: World) => readSocketApi(socket, world), 'R'],
  ])('%s asks the role for each, and refuses to start when the role does not let it', (_, read, first) => {
    const { world, asked } = worldOf('role', resources);
    read(world);
    expect(asked.sort()).toEqual([byRole('F'), byRole('Guard')]);
    expect(() => read(worldOf('policy', resources).world)).toThrow(`${first} (infra/stack.ts:7): no role`);
  });
});
