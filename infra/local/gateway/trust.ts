import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { certificateFile } from './certificate.ts';

/** Lets this process trust the certificate of a data folder, if there is one, beside those that it trusts already. */
export function trustCertificateOf(data: string): void {
  const file = join(data, certificateFile);
  if (!existsSync(file)) return;
  setDefaultCACertificates([...new Set([...getCACertificates('default'), readFileSync(file, 'utf8')])]);
}
