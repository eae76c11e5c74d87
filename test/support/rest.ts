import { request } from 'node:http';

/** What a client says in one request; a body that is text is sent as it is. */
export interface Said {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A bearer token or a machine key; `null` sends none. */
  readonly token?: string | null;
}

/** What came back; `body` is the parsed JSON, empty where there was none. */
export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type RestClient = (method: string, path: string, said?: Said) => Promise<Heard>;

/** A client of the REST API that takes every status as an answer and sends paths as they are: `..` stays `..`. */
export function restClient(api: string, token: string): RestClient {
  const { hostname, port } = new URL(api);
  return (method, path, { body, headers, token: other = token } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const options = {
        ...{ hostname, port, method, path },
        headers: {
          ...(other !== null && { authorization: `Bearer ${other}` }),
          ...(text !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      };
      const sent = request(options, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('error', reject);
        answer.once('end', () => {
          const heard = Buffer.concat(parts).toString();
          resolve({
            ...{ status: answer.statusCode ?? 0, headers: answer.headers, text: heard },
            body: heard.startsWith('{') ? JSON.parse(heard) : {},
          });
        });
      });
      sent.once('error', reject);
      sent.end(text);
    });
}
