import { rm } from 'node:fs/promises';
import type { Addresses } from '../../infra/demo/addresses.ts';
import { type ApiClient, apiClient } from '../../infra/demo/api-client.ts';
import { settle } from '../../infra/demo/welcome.ts';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';
import { type LocalOptions, startLocal } from '../../infra/local/runner.ts';
import type { LocalSystem } from '../../infra/local/system.ts';
import type { FactView, IncidentView } from '../../shared/incidents/index.ts';
import { begunFolder } from './begun-folder.ts';

/** A mail as the local inbox keeps it. */
export interface Mail {
  readonly subject: string;
  readonly at: number;
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string; readonly html: string };
}

/** The whole system as a story sees it: senders, people's mailboxes, the API, and the clock. */
export interface App {
  readonly system: LocalSystem;
  readonly addresses: Addresses;
  readonly call: ApiClient;
  /** Posts to the webhook of a source and waits until nothing more happens without time passing. */
  send(source: string, body: unknown): Promise<Response>;
  /** The mails to an address, oldest first. */
  mailbox(address: string): Promise<readonly Mail[]>;
  incidents(query?: string): Promise<readonly IncidentView[]>;
  facts(id: string): Promise<readonly FactView[]>;
  stop(): Promise<void>;
}

/** How a story starts the system. */
interface AppOptions extends Partial<LocalOptions> {
  /** Lets the end throw when a function did what its role does not allow. @default true */
  readonly watched?: boolean;
}

/** Starts the synthesized stack with the demo organisation, in a folder of its own and on free ports. */
export async function startApp({ watched = true, ...options }: AppOptions = {}): Promise<App> {
  const folder = await begunFolder();
  const fixed = {
    assembly: localAssembly,
    data: folder,
    quiet: true,
    // Every minute an alert of its own: only the stories about it want to see them.
    paused: ['CanarySchedule'],
  };
  const system = await startLocal({ ...fixed, ...options });
  const addresses = await settle(system);
  const call = apiClient(addresses.api, addresses.token);
  return {
    system,
    addresses,
    call,
    async send(source, body) {
      const url =
        source === 'pagerduty' ? addresses.events.pagerduty.url : (addresses.webhooks[source] ?? '');
      const answer = await post(
        url,
        source === 'pagerduty'
          ? { routing_key: addresses.events.pagerduty.routingKey, ...(body as object) }
          : body,
      );
      await system.idle();
      return answer;
    },
    async mailbox(address) {
      const { emails } = (await (await fetch(`${system.engines.ses}/store`)).json()) as {
        emails: readonly Mail[];
      };
      return emails.filter(({ destination }) => destination.to.includes(address)).sort((a, b) => a.at - b.at);
    },
    async incidents(query = '') {
      const { body } = await call('GET', `/api/incidents${query}`);
      return body.items as readonly IncidentView[];
    },
    async facts(id) {
      const { body } = await call('GET', `/api/incidents/${id}/facts`);
      return body.items as readonly FactView[];
    },
    async stop() {
      await system.stop();
      await rm(folder, { recursive: true, force: true });
      const refused = watched ? system.refused() : [];
      if (refused.length > 0) throw new Error(`Not permitted in infra/permits.ts: ${refused.join(', ')}`);
    },
  };
}

/** One POST of JSON. */
export function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
