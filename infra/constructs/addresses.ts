import { Aws } from 'aws-cdk-lib';

/** The one stage of both APIs; a literal, so that an address needs the API alone and makes no cycle. */
export const stageName = 'live';

/** The host of a REST API; its stage is the first part of each path. */
export function restHost(restApiId: string): string {
  return `${restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
}

/** Public address of a REST API, without a trailing slash. */
export function restAddress(restApiId: string): string {
  return `https://${restHost(restApiId)}/${stageName}`;
}

/** Where browsers open a socket, and where functions push to one. */
export function socketAddresses(apiId: string): { readonly open: string; readonly push: string } {
  const host = `${apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${stageName}`;
  return { open: `wss://${host}`, push: `https://${host}` };
}

/** The host of the issuers of all user pools of the region. */
export const issuersAddress = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}`;

/** The issuer of tokens of a Cognito user pool. */
export function issuerAddress(userPoolId: string): string {
  return `${issuersAddress}/${userPoolId}`;
}

/** The hosted pages of a Cognito domain. */
export function signInAddress(domainPrefix: string): string {
  return `https://${domainPrefix}.auth.${Aws.REGION}.amazoncognito.com`;
}
