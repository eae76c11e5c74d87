import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a door that speaks TLS shows and signs with, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The files in a data folder. Clients are told to trust the first; the second is read by its owner alone. */
export const certificateFile = 'certificate.pem';
export const certificateKeyFile = 'certificate-key.pem';

/** One that ends sooner than this is made anew at a start. */
const sparing = 30 * 24 * 60 * 60_000;

/** The certificate of a data folder; made when there is none of use. Its times are those of the machine, as clients look there. */
export async function certificateIn(data: string, now = Date.now()): Promise<Certificate> {
  const known = kept(data);
  if (known !== undefined && isOfUse(known, now)) return known;
  // Loaded only where it is needed: it takes a tenth of a start.
  const { makeCertificate } = await import('./make-certificate.ts');
  const made = await makeCertificate(now);
  mkdirSync(data, { recursive: true });
  keep(join(data, certificateKeyFile), made.key, 0o600);
  keep(join(data, certificateFile), made.cert, 0o644);
  return made;
}

function kept(data: string): Certificate | undefined {
  try {
    const read = (name: string) => readFileSync(join(data, name), 'utf8');
    return { cert: read(certificateFile), key: read(certificateKeyFile) };
  } catch {
    return undefined;
  }
}

/** A start that was killed between the two files leaves a pair that does not fit. */
function isOfUse({ cert, key }: Certificate, now: number): boolean {
  try {
    const known = new X509Certificate(cert);
    const fits = known.checkPrivateKey(createPrivateKey(key));
    return fits && known.validFromDate.getTime() <= now && known.validToDate.getTime() >= now + sparing;
  } catch {
    return false;
  }
}

function keep(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
