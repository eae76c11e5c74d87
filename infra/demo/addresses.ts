import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the parts of a local system are. The shape of this file is a promise: scripts read it. */
export interface Addresses {
  /** Without a slash at the end. */
  readonly api: string;
  /** What senders of alerts are set up with, over https: the API at the root of a host. */
  readonly alerts: string;
  /** The file that clients have to trust for it. */
  readonly certificate: string;
  readonly console: string;
  readonly status: string;
  readonly socket: string;
  readonly inbox: string;
  /** Where mail is received for integrations, and for which domains; absent where none is. */
  readonly mailIn?: { readonly url: string; readonly domains: readonly string[] } | undefined;
  /** A bearer token of the demo organisation's administrator. */
  readonly token: string;
  readonly organisation: string;
  /** By source: the full URL with its key. */
  readonly webhooks: Readonly<Record<string, string>>;
  readonly events: { readonly pagerduty: { readonly url: string; readonly routingKey: string } };
}

const fileIn = (data: string): string => join(data, 'addresses.json');

/** What was written at an earlier start; undefined when there is none or it cannot be read as JSON. */
export async function readAddresses(data: string): Promise<Addresses | undefined> {
  const text = await readFile(fileIn(data), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT' || fault.code === 'ENOTDIR') return undefined;
    throw fault;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Addresses);
}

/** Writes the file whole or not at all, readable by its owner only: it holds keys. */
export async function writeAddresses(data: string, addresses: Addresses): Promise<string> {
  await mkdir(data, { recursive: true });
  const file = fileIn(data);
  await writeFile(`${file}.new`, `${JSON.stringify(addresses, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return file;
}
