import { createHmac } from 'node:crypto';
import type { Sign } from '../../shared/kernel/index.ts';
import { keyFor } from './secret.ts';

/** Signs links of one purpose: HMAC-SHA256 under a key of its own, derived from the system's secret. */
export async function signerFor(purpose: string): Promise<Sign> {
  const key = await keyFor(purpose);
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
