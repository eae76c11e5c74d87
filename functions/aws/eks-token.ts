import { createHash, createHmac } from 'node:crypto';
import { SSMClient } from '@aws-sdk/client-ssm';
import { toText } from '../../shared/kernel/index.ts';
import { clock } from './clock.ts';

/** Of the SDK only where it finds the credentials of the function's role. */
const client = new SSMClient({});

/** Seconds that a token is good for; EKS takes none that says more than 15 minutes. */
const LIFETIME = 60;

/** What a signature is made with. */
interface Signing {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** The token that shows the API of an EKS cluster who we are: a signed question to STS who asks, which the cluster asks for us. */
export async function eksToken(cluster: string, region: string): Promise<string> {
  return tokenFor(cluster, region, await client.config.credentials(), clock.now());
}

/** The same for given credentials and time. Source: the presigned GetCallerIdentity of aws-iam-authenticator, by Signature Version 4. */
export function tokenFor(cluster: string, region: string, signing: Signing, now: number): string {
  const at = toText(now).replaceAll(/[-:]|\.\d{3}/g, '');
  const day = at.slice(0, 8);
  const host = `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const scope = `${day}/${region}/sts/aws4_request`;
  const query = queryOf({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${signing.accessKeyId}/${scope}`,
    'X-Amz-Date': at,
    'X-Amz-Expires': String(LIFETIME),
    ...(signing.sessionToken !== undefined && { 'X-Amz-Security-Token': signing.sessionToken }),
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  });
  const headers = `host:${host}\nx-k8s-aws-id:${cluster}\n`;
  const canonical = ['GET', '/', query, headers, 'host;x-k8s-aws-id', sha256('')].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = [day, region, 'sts', 'aws4_request'].reduce<Buffer | string>(
    hmac,
    `AWS4${signing.secretAccessKey}`,
  );
  const signature = hmac(key, toSign).toString('hex');
  const url = `https://${host}/?${query}&X-Amz-Signature=${signature}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** By the names in order, encoded as RFC 3986 says. */
function queryOf(values: Readonly<Record<string, string>>): string {
  return Object.keys(values)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(values[name] ?? '')}`)
    .join('&');
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
