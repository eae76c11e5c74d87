import { join, resolve } from 'node:path';
import { certificateFile } from '../local/gateway/certificate.ts';
import type { LocalSystem } from '../local/system.ts';

/**
 * Tells the console where the certificate is that clients have to trust here, so that the lines that it shows to try something with
 * work as they stand. In AWS every client trusts the host of alerts already, and its console is told of none.
 */
export async function tellCertificate(system: LocalSystem): Promise<void> {
  const place = `${system.engines.s3}/${system.find('ConsoleBucket').identity.ref}/config.json`;
  const before = await fetch(place);
  if (!before.ok) throw new Error(`The console has no config.json: ${before.status}`);
  const config = {
    ...((await before.json()) as object),
    certificateAuthority: resolve(join(system.data, certificateFile)),
  };
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache' };
  const answer = await fetch(place, { method: 'PUT', body: JSON.stringify(config), headers });
  if (!answer.ok) throw new Error(`The console's config.json could not be written: ${answer.status}`);
}
