import { SECOND } from '../../shared/kernel/index.ts';

/** Longer than a cold start on the way, shorter than the function may run. */
const PATIENCE = 6 * SECOND;

/** Posts alerts as any sender does: by name, over TLS, through the gateway. Throws when they are not accepted. */
export async function postAlerts(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  // Read to the end also when it does not matter, so that the connection can be used again.
  await answer.text();
  // The address holds the key, so neither is told.
  if (!answer.ok) throw new Error(`The webhook answered the canary ${answer.status}`);
}
