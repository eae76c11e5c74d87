/** An answer that chooses its own status and headers. */
export class Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>>) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** An answer with a status, a body (text and bytes are sent as they are, anything else as JSON) and headers with lower-case names. */
export function reply(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return new Reply(status, body, headers);
}

/** What API Gateway wants back. */
export interface HttpResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** The reply in API Gateway's form. */
export function toResult({ status, body, headers }: Reply): HttpResult {
  if (body instanceof Uint8Array) {
    const type = { 'content-type': 'application/octet-stream' };
    const bytes = Buffer.from(body).toString('base64');
    return { statusCode: status, headers: { ...type, ...headers }, body: bytes, isBase64Encoded: true };
  }
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  return {
    statusCode: status,
    headers: { ...(body !== undefined && { 'content-type': type }), ...headers },
    body: text,
    isBase64Encoded: false,
  };
}
