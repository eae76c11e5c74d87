import { HOUR, type Instant, MINUTE } from '../../shared/kernel/index.ts';
import { clock } from './clock.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { readSecretParameter } from './parameters.ts';

interface Read {
  readonly text: string;
  readonly version: string;
  readonly at: Instant;
}

/** What was read lately. The value outlives its minute, for the case that Parameter Store throttles. */
const known = new ExpiringCache<Read>(100);

/** The secret of this name, of which a row of the table says which version counts. Parameter Store is asked once a minute at most. */
export async function versionedSecret(name: string, version: string): Promise<string | undefined> {
  const last = known.get(name)?.value;
  const mine = last?.version === version ? last : undefined;
  if (mine !== undefined && clock.now() - mine.at < MINUTE) return mine.text;
  const text = await readSecretParameter(name).catch((error: unknown) => {
    // What was right a minute ago is better than nothing while Parameter Store throttles.
    if (mine !== undefined) return mine.text;
    throw error;
  });
  if (text !== undefined) known.set(name, { text, version, at: clock.now() }, HOUR);
  return text;
}

/** Forgets what was read under a name. */
export const forgetSecret = (name: string): void => known.delete(name);
