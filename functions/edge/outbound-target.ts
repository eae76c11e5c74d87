import { OutboundFailure } from './outbound-failure.ts';
import { checkPrivateHost } from './private-network.ts';
import { isSnsHost } from './sns-host.ts';

/**
 * Where a request may go. An allowed origin is reached as it is, a private endpoint of a cluster only in a private network, every
 * other only at a public address.
 */
export interface Target {
  readonly url: URL;
  readonly isAllowed: boolean;
  readonly isPrivate: boolean;
}

/** Names that lead inside: this machine, networks of one's own, and the services of AWS, whose answers our role might colour. */
const inside =
  /(^|\.)(localhost|local|internal|localdomain|home\.arpa|amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/;

const ofEks = /^[\w-]+(\.[\w-]+)*\.eks\.amazonaws\.com(\.cn)?$/;
/** Whether EKS has the endpoints of clusters at this name. */
export const isOfEks = (hostname: string): boolean => ofEks.test(hostname);
/** Where Kubernetes listens when nobody says otherwise. */
const CLUSTER_PORT = '6443';

/**
 * Reads an address that somebody else chose: https at port 443, without a user, in plain ASCII. An origin that the deployment
 * allows may be anything that HTTP can reach. Which addresses a name leads to is looked at when it is connected.
 */
export function targetOf(
  text: string,
  allowed: ReadonlySet<string>,
  cluster?: { readonly isPrivate: boolean },
  isForSns = false,
): Target {
  if (!/^[\x21-\x7e]+$/.test(text))
    throw refused('it has spaces, control characters or letters beyond ASCII');
  if (!URL.canParse(text)) throw refused('it is no address');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw refused('it names a user');
  if (/^https?:$/.test(url.protocol) && allowed.has(url.origin))
    return { url, isAllowed: true, isPrivate: false };
  if (url.protocol !== 'https:')
    throw refused(`it begins with ${url.protocol.slice(0, 20)} and not with https:`);
  if (cluster?.isPrivate) {
    checkPrivateHost(url.hostname);
    return { url, isAllowed: false, isPrivate: true };
  }
  if (url.port !== '' && !(cluster && url.port === CLUSTER_PORT))
    throw refused(`it has the port ${url.port} and not 443`);
  const name = url.hostname.replace(/\.$/, '');
  // A message of SNS names its host; nobody signs what is asked there, so no role colours its answers.
  const isException = (cluster && isOfEks(name)) || (isForSns && isSnsHost(name));
  if (inside.test(name) && !isException) throw refused('its name leads inside');
  return { url, isAllowed: false, isPrivate: false };
}

/** The origins in the setting `allowedEndpoints`. */
export const originsIn = (setting: string): ReadonlySet<string> =>
  new Set(setting === 'none' ? [] : setting.split(' '));

const refused = (because: string): OutboundFailure =>
  new OutboundFailure(
    'refused',
    `the address is refused, because ${because}; who runs this system can allow its origin by the setting allowedEndpoints`,
  );
