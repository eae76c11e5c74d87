import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a vendor's server sees it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer of a vendor. */
export interface Told {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** A vendor that a test started. */
export interface VendorServer {
  /** http://127.0.0.1:port */
  readonly origin: string;
  /** What was asked since the start: method and path. */
  readonly asked: readonly string[];
  /** The next requests get these answers, whatever they ask; `hang` never answers, `break` closes the connection. */
  next(...answers: readonly (Told | 'hang' | 'break')[]): void;
  /** Closes the connections of those who wait for an answer. */
  drop(): void;
  stop(): Promise<void>;
}

/** Serves a vendor's rules. */
export async function startVendor(rules: (asked: Asked) => Told): Promise<VendorServer> {
  const asked: string[] = [];
  const planned: (Told | 'hang' | 'break')[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://vendor');
      const { method = '', headers } = request;
      asked.push(`${method} ${path}`);
      const body = Buffer.concat(parts).toString();
      const told = planned.shift() ?? rules({ method, path, query, headers, body });
      if (told === 'hang') return;
      if (told === 'break') return void response.destroy();
      response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers });
      response.end(JSON.stringify(told.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    next: (...answers) => planned.push(...answers),
    drop: () => server.closeAllConnections(),
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The fields of a form; undefined when it is none. */
export function formOf({ headers, body }: Asked): URLSearchParams | undefined {
  const type = headers['content-type']?.split(';')[0];
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(body) : undefined;
}

/** The JSON that was sent; undefined when it is none or says to be something else. */
export function jsonOf({ headers, body }: Asked): unknown {
  if (headers['content-type']?.split(';')[0] !== 'application/json') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Tokens that a vendor gave, each with its scope, until they are withdrawn. */
export class Tokens {
  readonly #given = new Map<string, string>();

  give(scope: string): string {
    const token = `token-${this.#given.size + 1}`;
    this.#given.set(token, scope);
    return token;
  }

  withdrawAll(): void {
    for (const token of this.#given.keys()) this.#given.set(token, 'withdrawn');
  }

  /** The scope of the bearer token; undefined for none that counts. */
  scopeOf({ headers }: Asked): string | undefined {
    const scope = this.#given.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
    return scope === 'withdrawn' ? undefined : scope;
  }
}
