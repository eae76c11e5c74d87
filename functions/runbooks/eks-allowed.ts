import type { EksAllowed } from '../../shared/runbooks/index.ts';
import { setting } from '../aws/settings.ts';
import { isOfEks, originsIn } from '../edge/outbound-target.ts';
import { namesIn } from './names-in.ts';

/** What this deployment lets our role be shown to. */
export function eksAllowed(): EksAllowed {
  const origins = originsIn(setting('allowedEndpoints'));
  const isTrusted = (endpoint: string) => {
    const { protocol, hostname, origin } = new URL(endpoint);
    return (protocol === 'https:' && isOfEks(hostname)) || origins.has(origin);
  };
  return { clusters: namesIn('runbookClusters'), isTrusted };
}
