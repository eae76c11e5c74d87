import type { ApiClient } from './api-client.ts';

/** Of what the system proposes, what is needed to publish it. */
interface Proposed {
  readonly id: string;
  readonly kind: 'publish-incident' | 'publish-update';
  readonly incident?: string;
  readonly source: object;
  readonly title: string;
  readonly impact?: string;
  readonly state: string;
  readonly text: string;
  readonly affected: readonly object[];
  readonly internal: boolean;
}

/** Publishes what incidents propose to tell on the status page, as the person at the console would; gives a line for each. */
export async function tellPublic(call: ApiClient): Promise<readonly string[]> {
  const { body } = await call('GET', '/api/status');
  const told: string[] = [];
  for (const { id: _, kind, incident, ...proposed } of body.proposals as readonly Proposed[]) {
    const { title, state, text, affected } = proposed;
    if (kind === 'publish-incident') await call('POST', '/api/status/incidents', proposed);
    else await call('POST', `/api/status/incidents/${incident}/updates`, { state, text, affected });
    told.push(`Status page: ${title}, ${state}`);
  }
  return told;
}
