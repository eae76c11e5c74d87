import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { certificateIn } from '../../infra/local/gateway/certificate.ts';
import { lockFile } from '../../infra/local/lock.ts';
import { shortLived } from './memory.ts';

/** Beside what other tests keep; the system's own code looks whether a certificate is still of use, and else makes one. */
const kept = join(import.meta.dirname, '../../node_modules/.cache/story-certificate');

/** A new data folder in which a system was started that kept nothing but its certificate: to make one is a tenth of a start. */
export async function begunFolder(): Promise<string> {
  if (!existsSync(kept)) await keepCertificate();
  const folder = mkdtempSync(join(shortLived(), 'story-'));
  for (const name of readdirSync(kept)) copyFileSync(join(kept, name), join(folder, name));
  return folder;
}

async function keepCertificate(): Promise<void> {
  const unfinished = `${kept}.${process.pid}`;
  await certificateIn(unfinished);
  // Without one, a start takes the folder for somebody else's.
  writeFileSync(join(unfinished, lockFile), '');
  try {
    renameSync(unfinished, kept);
  } catch {
    // Another story was faster; its certificate does as well.
    rmSync(unfinished, { recursive: true, force: true });
  }
}
