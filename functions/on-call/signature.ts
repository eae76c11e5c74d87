import { createHmac } from 'node:crypto';
import type { Sign } from '../../shared/on-call/index.ts';
import { keyFor } from '../aws/secret.ts';

/** Signs the links of pages: HMAC-SHA256 under a key of its own, derived from the system's secret. */
export async function linkSigner(): Promise<Sign> {
  const key = await keyFor('response-link');
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
