import type { KubeRequest } from './requests.ts';
import type { KubeAnswer } from './talk.ts';

/** What a test of a connection asks: the version, which changes nothing and needs no right but to be known. */
export const versionRequest: KubeRequest = { method: 'GET', path: '/version' };

/** Whether a cluster was reached with our credentials, and what there is to say of it, in words. */
export interface Reached {
  readonly isReached: boolean;
  readonly says: string;
}

/** What the answer to `versionRequest` means. */
export function reachedBy({ status, body }: Pick<KubeAnswer, 'status' | 'body'>): Reached {
  if (status === 401)
    return no('It answers, but does not take our credentials (401): the token is wrong or was taken back.');
  if (status === 403) return no('It knows us, but does not let us read its version (403).');
  if (status !== 200) return no(`Something answers there with ${status}, which a cluster does not.`);
  const version = versionIn(body);
  if (version === undefined) return no('Something answers there, but it is no Kubernetes API.');
  return { isReached: true, says: `Kubernetes ${version} answers and takes our credentials.` };
}

const no = (says: string): Reached => ({ isReached: false, says });

function versionIn(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const version = typeof value === 'object' && value !== null && 'gitVersion' in value && value.gitVersion;
    return typeof version === 'string' && /^v\d[\w.+-]{0,60}$/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}
