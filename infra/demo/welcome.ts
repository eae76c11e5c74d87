import { readFile } from 'node:fs/promises';
import { signInAs } from '../local/sign-in/sign-in-as.ts';
import type { LocalSystem } from '../local/system.ts';
import { type Addresses, readAddresses, writeAddresses } from './addresses.ts';
import { apiClient } from './api-client.ts';
import { ensureDoors, ensureOrganisation } from './organisation.ts';

/** Makes the demo organisation at the first start, writes where everything is, and tells what to try. */
export async function welcome(system: LocalSystem): Promise<void> {
  const addresses = await settle(system);
  const file = await writeAddresses(system.data, addresses);
  process.stdout.write(greeting(addresses, file));
}

/** The demo organisation and its addresses, without a word; stories begin here too. */
export async function settle(system: LocalSystem): Promise<Addresses> {
  const { organisation: name, administrator } = await settings();
  const { idToken: token } = await signInAs(without(system.outputs.IssuerOutput), administrator);
  const api = without(system.outputs.ApiOutput);
  const call = apiClient(api, token);
  const organisation = await ensureOrganisation(call, name, administrator);
  return {
    api,
    console: without(system.outputs.ConsoleOutput),
    status: without(system.outputs.StatusOutput),
    socket: without(system.outputs.SocketOutput),
    inbox: `http://127.0.0.1:${inboxPort(system)}`,
    token,
    organisation,
    ...(await ensureDoors(call, api, await readAddresses(system.data))),
  };
}

/** The mail that the stack would send is shown at the port of the identity that it is sent from. */
function inboxPort(system: LocalSystem): number {
  const [identity] = system.all('AWS::SES::EmailIdentity');
  if (!identity) throw new Error('The stack sends no mail');
  return system.port(identity.id);
}

interface Settings {
  readonly organisation: string;
  readonly administrator: string;
}

async function settings(): Promise<Settings> {
  const file = JSON.parse(await readFile('cdk.json', 'utf8')) as { context: Settings };
  return file.context;
}

function without(address: string | undefined): string {
  if (address === undefined) throw new Error('The stack has no such output');
  return address.replace(/\/$/, '');
}

function greeting(addresses: Addresses, file: string): string {
  const { api, console: pages, status, socket, inbox, webhooks, events } = addresses;
  return `
  Console       ${pages}   (sign in with admin@example.com, no password here)
  Inbox         ${inbox}   (every e-mail that would be sent)
  Status page   ${status}
  API           ${api}/api/incidents   (description: ${api}/api/openapi.json)
  Socket        ${socket}
  Alertmanager  ${webhooks.alertmanager}
  PagerDuty     ${events.pagerduty.url}   (routing key ${events.pagerduty.routingKey})
  Any JSON      ${webhooks.generic}
  All of it     ${file}

Try next, in another terminal:
  npm run simulate                       an outage, from the first alert to recovery
  curl -d '{"title":"The handbook is down","service":"handbook","severity":"critical"}' ${webhooks.generic}
  curl -H "Authorization: Bearer $(node -p "require('${file}').token")" ${api}/api/incidents

Stop with Ctrl-C. Incidents and addresses are kept for the next start, the inbox is not; npm start -- --fresh forgets all.
`;
}
