import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent, Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { idOf } from '../../shared/kernel/index.ts';
import { env, type FunctionName, functions, type Route, routes } from '../../shared/wiring/index.ts';
import { startDynamoDb } from './dynamodb.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';
import { startIssuer } from './issuer.ts';

type Handler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<{ statusCode: number; body: string }>;

/** Two organisations with an administrator each, `ann` of `a` and `bob` of `b`. */
export const tenants = {
  ann: idOf('organisation', 0, 'a'),
  bob: idOf('organisation', 0, 'b'),
} as const;
type Person = keyof typeof tenants;

const asked = (name: string) => `https://${name}.example.com`;

/** Starts the table, an issuer, every REST function and the authorizer before them, and the two organisations. */
export async function startTenants() {
  const [issuer, engine] = await Promise.all([startIssuer(), startDynamoDb()]);
  for (const [name, variable] of Object.entries(env)) process.env[variable] ??= asked(name);
  process.env[env.issuer] = issuer.url;
  process.env[env.clientId] = 'console';
  const mocks = {
    sqs: mockClient(SQSClient),
    ses: mockClient(SESClient),
    secrets: mockClient(SecretsManagerClient),
  };
  mocks.sqs.on(SendMessageBatchCommand).resolves({});
  mocks.secrets.on(GetSecretValueCommand).resolves({ SecretString: 'a secret of a test' });
  const { client } = await import('../../functions/aws/dynamodb/client.ts');
  const calls: string[] = [];
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: Uint8Array };
      const operation = headers['x-amz-target']?.split('.').at(-1) ?? '';
      if (operation !== 'Scan') calls.push(`${operation} ${new TextDecoder().decode(body)}`);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'calls' },
  );
  const { handler: authorize } = await import('../../functions/identity/authorize.authorizer.ts');
  const handlers = await handlersOf();
  const tokens = await addMembers(issuer);

  const contextOf = async (person: Person, headers: Readonly<Record<string, string>>) => {
    const methodArn = 'arn:aws:execute-api:eu-central-1:1:api/live/GET/x';
    const credentials = { Authorization: `Bearer ${tokens[person]}`, ...headers };
    const event = { methodArn, headers: credentials, queryStringParameters: null };
    return (await authorize(event as unknown as APIGatewayRequestAuthorizerEvent)).context ?? {};
  };
  return {
    issuer: issuer.url,
    /** The bodies of all calls to the table, each after the name of its operation. */
    calls,
    /** What was sent to queues and mailed. */
    sent: () => mocks.sqs.calls().length + mocks.ses.calls().length,
    /** Asks as a person, by way of the authorizer where the route has one. */
    async ask(person: Person, route: Route, request: Omit<TestRequest, 'method'>) {
      const handler = handlers.get(route.function);
      if (!handler) throw new Error(`No handler for ${route.function}`);
      const isOpen = ['public', 'key', 'signed'].includes(route.access);
      const authorizer = isOpen ? {} : await contextOf(person, request.headers ?? {});
      const event = httpEvent({ ...request, method: route.method, authorizer });
      const { statusCode: status, body: text } = await handler(event, lambdaContext);
      return { status, text };
    },
    /** Every item that belongs to an organisation, by its key. */
    async itemsOf(org: string): Promise<ReadonlyMap<string, unknown>> {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: process.env[env.table] }));
      const own = Items.filter((item) => String(item.pk).startsWith(`O#${org}`) || item.org === org);
      return new Map(own.map((item) => [`${item.pk} ${item.sk}`, item]));
    },
    async stop() {
      for (const mock of Object.values(mocks)) mock.restore();
      client.middlewareStack.remove('calls');
      await Promise.all([engine.stop(), issuer.stop()]);
    },
  };
}

async function handlersOf(): Promise<ReadonlyMap<FunctionName, Handler>> {
  const names = [...new Set(routes.map((route) => route.function))];
  const loaded = names.map(async (name) => {
    const path = join(import.meta.dirname, `../../functions/${functions[name].entry}.ts`);
    const module = (await import(/* @vite-ignore */ path)) as { handler: Handler };
    return [name, module.handler] as const;
  });
  return new Map(await Promise.all(loaded));
}

async function addMembers(issuer: Awaited<ReturnType<typeof startIssuer>>): Promise<Record<Person, string>> {
  const { putMember } = await import('../../functions/aws/organisations.ts');
  const { whoHash } = await import('../../functions/aws/doors.ts');
  const now = Math.floor(Date.now() / 1_000);
  const tokenOf = async (person: Person): Promise<string> => {
    await putMember(tenants[person], {
      person: idOf('person', 0, person),
      name: person,
      role: 'administrator',
      door: whoHash(issuer.url, person),
    });
    const claims = { iss: issuer.url, aud: 'console', sub: person, iat: now, exp: now + 3_600, name: person };
    return issuer.sign(claims);
  };
  return { ann: await tokenOf('ann'), bob: await tokenOf('bob') };
}
