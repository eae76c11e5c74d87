import { join, resolve } from 'node:path';
import { env } from '../../shared/wiring/index.ts';
import { certificateFile } from '../local/gateway/certificate.ts';
import { signInAs } from '../local/sign-in/sign-in-as.ts';
import type { LocalSystem } from '../local/system.ts';
import { type Addresses, readAddresses, writeAddresses } from './addresses.ts';
import { apiClient } from './api-client.ts';
import { ensureDoors, ensureOrganisation, type Founded, type Founding } from './organisation.ts';
import { ensureRunbook } from './runbook.ts';
import { ensureStatusPage } from './status-page.ts';
import { tellCertificate } from './tell-certificate.ts';

/** Makes the demo organisation at the first start, writes where everything is, and tells what to try. */
export async function welcome(system: LocalSystem): Promise<void> {
  const before = await readAddresses(system.data);
  const { addresses, founded } = await settled(system);
  const call = apiClient(addresses.api, addresses.token);
  await tellCertificate(system);
  await ensureStatusPage(call, addresses.status);
  await ensureRunbook(call);
  const file = await writeAddresses(system.data, addresses);
  const wanted = madeWith(system);
  const { administrator } = wanted;
  process.stdout.write(
    greeting({
      addresses,
      file,
      administrator,
      options: optionsOf(system.data, addresses),
    }) + surprises({ wanted, founded, before }),
  );
}

/** The demo organisation and its addresses, without a word; stories begin here too. */
export const settle = async (system: LocalSystem): Promise<Addresses> => (await settled(system)).addresses;

async function settled(
  system: LocalSystem,
): Promise<{ readonly addresses: Addresses; readonly founded: Founded }> {
  const { name, administrator } = madeWith(system);
  const { idToken: token } = await signInAs(without(system.outputs.IssuerOutput), administrator);
  const api = without(system.outputs.ApiOutput);
  const call = apiClient(api, token);
  const founded = await ensureOrganisation(call, { name, administrator, now: system.clock.now() });
  const organisation = founded.id;
  const addresses = {
    api,
    alerts: without(system.outputs.AlertsOutput),
    certificate: join(system.data, certificateFile),
    console: without(system.outputs.ConsoleOutput),
    status: without(system.outputs.StatusOutput),
    socket: without(system.outputs.SocketOutput),
    inbox: `http://127.0.0.1:${inboxPort(system)}`,
    mailIn: mailIn(system),
    token,
    organisation,
    ...(await ensureDoors(call, { api, organisation }, await readAddresses(system.data))),
  };
  return { addresses, founded };
}

/** What a start found, beside what its settings say. */
interface Found {
  readonly wanted: Pick<Founding, 'name' | 'administrator'>;
  readonly founded: Founded;
  /** The addresses of the last start on this folder. */
  readonly before: Pick<Addresses, 'organisation'> | undefined;
}

/** What would surprise somebody who changed the settings of a folder that was in use. */
export function surprises({ wanted, founded, before }: Found): string {
  const isOther = before !== undefined && before.organisation !== founded.id;
  const isNamed = founded.name === wanted.name;
  return [
    isOther
      ? `The organisation of ${wanted.administrator} is another one than at the last start here: its incidents and keys are its own, those of before are there for their administrator.\n`
      : '',
    isNamed
      ? ''
      : `The organisation stays “${founded.name}”, as it was made: that the settings say “${wanted.name}” counts for a new folder, or after --fresh.\n`,
  ].join('');
}

/** The mail that the stack would send is shown at the port of the identity that it is sent from. */
function inboxPort(system: LocalSystem): number {
  const [identity] = system.all('AWS::SES::EmailIdentity');
  if (!identity) throw new Error('The stack sends no mail');
  return system.port(identity.id);
}

interface RuleProperties {
  readonly Rule: { readonly Recipients: readonly string[] };
}

/** Where mail is received, if the settings name a domain for it. */
function mailIn(system: LocalSystem): Addresses['mailIn'] {
  const [set] = system.all('AWS::SES::ReceiptRuleSet');
  if (set === undefined) return undefined;
  const rules = system.all<RuleProperties>('AWS::SES::ReceiptRule');
  return {
    url: `smtp://127.0.0.1:${system.port(set.id)}`,
    domains: rules.flatMap(({ properties }) => properties.Rule.Recipients),
  };
}

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

/** Whom the stack names as organisation and administrator, whatever settings it was made with. */
function madeWith(system: LocalSystem): Pick<Founding, 'name' | 'administrator'> {
  for (const { properties } of system.all<FunctionProperties>('AWS::Lambda::Function')) {
    const { [env.organisation]: name, [env.administrator]: administrator } =
      properties.Environment?.Variables ?? {};
    if (name !== undefined && administrator !== undefined) return { name, administrator };
  }
  throw new Error('No function of the stack is told of an organisation and its administrator');
}

function without(address: string | undefined): string {
  if (address === undefined) throw new Error('The stack has no such output');
  return address.replace(/\/$/, '');
}

/** How this system was started otherwise than by default, so that every command that is shown can be copied. */
interface StartedWith {
  /** ` --data <folder>`, or nothing. */
  readonly data: string;
  /** ` --port <number>`, or nothing. */
  readonly port: string;
}

/** The defaults of npm start. */
const usual = { data: '.local', port: '4000' };

function optionsOf(data: string, { api }: Addresses): StartedWith {
  const { port } = new URL(api);
  return {
    data: resolve(data) === resolve(usual.data) ? '' : ` --data ${data}`,
    port: port === usual.port ? '' : ` --port ${port}`,
  };
}

interface Greeting {
  readonly addresses: Addresses;
  /** Where the addresses are written. */
  readonly file: string;
  readonly administrator: string;
  readonly options: StartedWith;
}

const mailInLine = ({ url, domains }: NonNullable<Addresses['mailIn']>): string =>
  `  Mail in       ${url}   (mail to integrations at ${domains.join(', ')})\n`;

/** What npm start says when everything answers. */
export function greeting({ addresses, file, administrator, options }: Greeting): string {
  const { api, alerts, certificate, console: pages, status, socket } = addresses;
  const { inbox, mailIn, webhooks, events } = addresses;
  const simulate = `npm run simulate${options.data && ` --${options.data}`}`;
  const fresh = `npm start -- --fresh${options.port}${options.data}`;
  return `
  Console       ${pages}   (sign in with ${administrator}, no password here)
  Inbox         ${inbox}   (every e-mail that would be sent)
${mailIn === undefined ? '' : mailInLine(mailIn)}  Status page   ${status}
  API           ${api}/api/incidents   (description: ${api}/api/openapi.json)
  Socket        ${socket}
  Alertmanager  ${webhooks.alertmanager}
  PagerDuty     ${events.pagerduty.url}   (routing key ${events.pagerduty.routingKey})
  Any JSON      ${webhooks.generic}
  Over https    ${alerts}   (all of it at the root, as integrations are shown it; curl --cacert ${certificate})
  All of it     ${file}

The demo organisation begins with two rules: alerts of one service within twenty minutes are one incident, and three different
ones about failing database connections within three minutes are one of P1.

Try next, in another terminal:
  ${simulate.padEnd(37)}  an outage, from the first alert to recovery
  curl -d '{"title":"The handbook is down","service":"handbook","severity":"critical"}' ${webhooks.generic}
  curl -H "Authorization: Bearer $(node -p "require('${file}').token")" ${api}/api/incidents

Stop with Ctrl-C. Incidents and addresses are kept for the next start, the inbox is not; ${fresh} forgets all.
`;
}
