import { join } from 'node:path';
import type { Resource, World } from '../resource.ts';

/** Where the helper that signs in without a browser finds the clients. */
export const clientsPath = '/.well-known/local-clients';

/** One application that may sign people in. */
export interface SignInClient {
  readonly id: string;
  readonly callbacks: readonly string[];
  readonly logouts: readonly string[];
  readonly scopes: readonly string[];
}

/** What the local issuer needs to run; plain data, since it runs in a thread of its own. */
export interface IssuerOptions {
  readonly port: number;
  readonly clients: readonly SignInClient[];
  /** Addresses that the template creates as users; offered on the login page, not required. */
  readonly users: readonly string[];
  /** File with the signing key; made when missing, so that tokens outlive a restart. */
  readonly keyFile: string;
}

interface ClientProperties {
  readonly UserPoolId: string;
  readonly CallbackURLs?: readonly string[];
  readonly LogoutURLs?: readonly string[];
  readonly AllowedOAuthScopes?: readonly string[];
  readonly AllowedOAuthFlows?: readonly string[];
  readonly GenerateSecret?: boolean;
}

/** Gathers what the issuer for one user pool needs. Throws for a client that the local sign-in cannot serve. */
export function issuerOptions(pool: Resource, world: World): IssuerOptions {
  const ofPool = ({ properties }: { properties: { UserPoolId: string } }) =>
    properties.UserPoolId === pool.identity.ref;
  const clients = world.all<ClientProperties>('AWS::Cognito::UserPoolClient').filter(ofPool);
  const users = world
    .all<{ UserPoolId: string; Username?: string }>('AWS::Cognito::UserPoolUser')
    .filter(ofPool);
  return {
    port: world.port(pool.id),
    clients: clients.map(clientOf),
    users: users.flatMap(({ properties }) => properties.Username ?? []),
    keyFile: join(world.data, `sign-in-${pool.identity.ref}.json`),
  };
}

function clientOf({ id, identity, properties }: Resource<ClientProperties>): SignInClient {
  const {
    CallbackURLs = [],
    LogoutURLs = [],
    AllowedOAuthScopes = [],
    AllowedOAuthFlows = ['code'],
    GenerateSecret,
  } = properties;
  if (GenerateSecret === true)
    throw new Error(`${id}: the local sign-in serves public clients with PKCE, not clients with a secret`);
  if (AllowedOAuthFlows.some((flow) => flow !== 'code'))
    throw new Error(`${id}: the local sign-in knows the code flow only`);
  return { id: identity.ref, callbacks: CallbackURLs, logouts: LogoutURLs, scopes: AllowedOAuthScopes };
}
