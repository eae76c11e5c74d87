import { startShimmed } from '../engines/shimmed-worker.ts';
import { stableId } from '../gateway/identity.ts';
import { literal, pointer } from '../gateway/literal.ts';
import type { Declared, ResourceKind, World } from '../resource.ts';
import { issuerOptions } from '../sign-in/pool.ts';

const poolId = ({ id }: Declared, account: World['account']) =>
  `${account.region}_${stableId(`pool ${id}`, 9)}`;

const pool: ResourceKind = {
  type: 'AWS::Cognito::UserPool',
  phase: 'door',
  // A person is who an issuer says, and an issuer is its address: at another one nobody would be a member of anything.
  keepsPort: () => 'where people sign in to what is in this data folder: they are known by its address',
  identity: (declared, account) => {
    const ref = poolId(declared, account);
    const host = `cognito-idp.${account.region}.${account.suffix}`;
    return {
      ref,
      attributes: {
        Arn: `arn:aws:cognito-idp:${account.region}:${account.id}:userpool/${ref}`,
        ProviderName: `${host}/${ref}`,
        ProviderURL: `https://${host}/${ref}`,
        UserPoolId: ref,
      },
    };
  },
  // The host alone stands in content security policies.
  addresses: (declared, account, port) => {
    const host = `https://cognito-idp.${account.region}.${account.suffix}`;
    const local = `http://127.0.0.1:${port(declared.id)}`;
    return [
      [`${host}/${poolId(declared, account)}`, local],
      [host, local],
    ];
  },
  start: (resource, world) =>
    startShimmed(
      new URL('../sign-in/issuer.ts', import.meta.url),
      issuerOptions(resource, world),
      world.clock,
    ),
};

const client: ResourceKind = {
  type: 'AWS::Cognito::UserPoolClient',
  phase: 'door',
  identity: ({ id }) => {
    const ref = stableId(`client ${id}`, 26);
    return { ref, attributes: { ClientId: ref } };
  },
};

const domain: ResourceKind = {
  type: 'AWS::Cognito::UserPoolDomain',
  phase: 'door',
  identity: (declared, account) => ({ ref: domainOf(declared, account), attributes: {} }),
  addresses: (declared, account, port) => {
    const local = `127.0.0.1:${port(pointer(declared.properties.UserPoolId, `UserPoolId of ${declared.id}`))}`;
    const host = `${domainOf(declared, account)}.auth.${account.region}.amazoncognito.com`;
    return [
      [`https://${host}`, `http://${local}`],
      [host, local],
    ];
  },
};

function domainOf({ id, properties }: Declared, account: World['account']): string {
  return literal(properties.Domain, account, `Domain of ${id}`);
}

const user: ResourceKind = {
  type: 'AWS::Cognito::UserPoolUser',
  phase: 'door',
  identity: ({ id }) => ({ ref: id, attributes: {} }),
};

/** Amazon Cognito user pools, as a local OpenID Connect issuer where any e-mail address signs in. */
export const signIn: readonly ResourceKind[] = [pool, client, domain, user];
