/** Where the console finds everything else; the deployment writes it beside the first page as config.json. */
export interface Config {
  readonly organisation: string;
  /** Address of the REST API, without a trailing slash. */
  readonly api: string;
  readonly socket: string;
  readonly signIn: SignInConfig;
  /** The file with which curl trusts the host of alerts, where the machine does not trust it already. */
  readonly certificateAuthority?: string;
}

export interface SignInConfig {
  readonly issuer: string;
  readonly clientId: string;
}

/** Reads config.json. Throws an error that names every missing field. */
export function parseConfig(value: unknown): Config {
  const missing: string[] = [];
  const text = (from: unknown, field: string, name: string): string => {
    const found = isRecord(from) ? from[field] : undefined;
    if (typeof found === 'string' && found !== '') return found;
    missing.push(name);
    return '';
  };
  const signIn = isRecord(value) ? value.signIn : undefined;
  const certificate = isRecord(value) ? value.certificateAuthority : undefined;
  const config = {
    organisation: text(value, 'organisation', 'organisation'),
    api: text(value, 'api', 'api').replace(/\/+$/, ''),
    socket: text(value, 'socket', 'socket'),
    signIn: {
      issuer: text(signIn, 'issuer', 'signIn.issuer'),
      clientId: text(signIn, 'clientId', 'signIn.clientId'),
    },
    ...(typeof certificate === 'string' && certificate !== '' && { certificateAuthority: certificate }),
  };
  if (missing.length > 0)
    throw new Error(`/config.json has no ${missing.join(', no ')}. Deploy the console again.`);
  return config;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
