import { join } from 'node:path';
import type { Resource, World } from '../resource.ts';

/** Where the helper that signs in without a browser finds the clients. */
export const clientsPath = '/.well-known/local-clients';

/** With this header, which only scripts send, a token lives longer than any demo: they cannot renew it. */
export const longLived = 'x-local-long-lived';

/** How long the tokens of a client live, in seconds. */
export type Lifetimes = Readonly<Record<'AccessToken' | 'IdToken' | 'RefreshToken', number>>;

/** One application that may sign people in. */
export interface SignInClient {
  readonly id: string;
  readonly callbacks: readonly string[];
  readonly logouts: readonly string[];
  readonly scopes: readonly string[];
  readonly lifetimes: Lifetimes;
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
  readonly AccessTokenValidity?: number;
  readonly IdTokenValidity?: number;
  readonly RefreshTokenValidity?: number;
  readonly TokenValidityUnits?: Partial<Readonly<Record<keyof Lifetimes, Unit>>>;
}

const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof seconds;

/** As declared, else as Cognito has it. */
function lifetimesOf(client: ClientProperties): Lifetimes {
  const { AccessTokenValidity = 1, IdTokenValidity = 1, RefreshTokenValidity = 30 } = client;
  const { AccessToken = 'hours', IdToken = 'hours', RefreshToken = 'days' } = client.TokenValidityUnits ?? {};
  return {
    AccessToken: AccessTokenValidity * seconds[AccessToken],
    IdToken: IdTokenValidity * seconds[IdToken],
    RefreshToken: RefreshTokenValidity * seconds[RefreshToken],
  };
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
  return {
    id: identity.ref,
    callbacks: CallbackURLs,
    logouts: LogoutURLs,
    scopes: AllowedOAuthScopes,
    lifetimes: lifetimesOf(properties),
  };
}
