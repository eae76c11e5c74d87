import { resolve } from 'node:path';
import * as z from 'zod';
import { readAddresses } from '../demo/addresses.ts';
import { apiClient } from '../demo/api-client.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { trustCertificateOf } from '../local/gateway/trust.ts';
import { signInByBrowser } from './browser-sign-in.ts';

/** A system whose public API a command may use. */
export interface ReachedApi {
  /** Without a slash at the end. */
  readonly address: string;
  readonly call: ReturnType<typeof apiClient>;
  /** The inbox of a system on this machine. */
  readonly inbox?: string;
}

/** How a command line names the system whose API it uses. */
export interface ApiOptions {
  /** The console's address, or with a key also the API's; left out, the system on this machine is meant. */
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly data?: string | undefined;
  tell(line: string): void;
}

/** The options of `parseArgs` for them. */
export const apiArgs = { key: { type: 'string' }, data: { type: 'string' } } as const;

/** What the usage of a command says about them. */
export const apiUsage = `  <url>              the console's address (output ConsoleOutput); left out, the system that npm start runs here
  --key <key>        a machine key (imk_…) instead of signing in by the browser; the url may then be the API's
  --data <folder>    where npm start keeps its data (default .local)`;

/** Finds the API and who calls it. Throws one error that says what was got, what is allowed and what to do. */
export async function reachApi({ url, key, data, tell }: ApiOptions): Promise<ReachedApi> {
  if (url !== undefined && data !== undefined)
    throw new WrongLine(
      `Got the url ${url} and --data ${data}. Name one system: its address, or the folder of one on this machine.`,
    );
  if (url === undefined) return onThisMachine(resolve(data ?? '.local'), key);
  const given = withoutSlash(addressOf(url));
  const found = await configOf(given);
  if (key !== undefined) return reached(found?.api ?? given, key);
  if (found === undefined) {
    throw new Error(
      `${given} is not the address of a console. Give that (output ConsoleOutput of the stack), to sign in by the browser; or give the API's (ApiOutput) and a machine key by --key.`,
    );
  }
  if (found.commands === undefined) {
    throw new Error(
      `${given} is the console of an older release, which lets no commands sign in: deploy this one, or give a machine key by --key.`,
    );
  }
  const { issuer } = found.signIn;
  return reached(found.api, await signInByBrowser({ issuer, ...found.commands, tell }));
}

async function onThisMachine(data: string, key?: string): Promise<ReachedApi> {
  const addresses = await readAddresses(data);
  if (addresses === undefined) {
    throw new Error(
      `Nothing was ever started on ${data}. Start it first: npm start; if it runs on another folder, say which by --data; for a system in AWS give the address of its console.`,
    );
  }
  // Integrations are shown the address over https.
  trustCertificateOf(data);
  return { ...reached(addresses.api, key ?? addresses.token), inbox: addresses.inbox };
}

const reached = (api: string, token: string): ReachedApi => {
  const address = withoutSlash(api);
  return { address, call: apiClient(address, token) };
};

function addressOf(text: string): string {
  const { protocol = '' } = URL.canParse(text) ? new URL(text) : {};
  if (protocol === 'https:' || protocol === 'http:') return text;
  throw new Error(`Got the url ${JSON.stringify(text)}; allowed is an address that begins with https://`);
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

const Config = z.object({
  api: z.url(),
  signIn: z.object({ issuer: z.url() }),
  commands: z.object({ clientId: z.string().min(1) }).optional(),
});

/** What a console tells its own pages; undefined where there is no console. */
async function configOf(console: string): Promise<z.infer<typeof Config> | undefined> {
  const answer = await fetch(`${console}/config.json`, { signal: AbortSignal.timeout(10_000) }).catch(
    (fault: unknown) => {
      throw new Error(`Nothing answers at ${console}. Check the address, and that you are online.`, {
        cause: fault,
      });
    },
  );
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  if (!answer.ok || !isJson) return undefined;
  return Config.safeParse(await answer.json()).data;
}
