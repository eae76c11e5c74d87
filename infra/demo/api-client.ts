/** An answer that was not what the demo needs. */
export class UnexpectedAnswer extends Error {
  readonly status: number;

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path} answered ${status}: ${body.slice(0, 500)}`);
    this.name = 'UnexpectedAnswer';
    this.status = status;
  }
}

export interface Answer {
  readonly headers: Headers;
  /** Empty where the answer is no JSON. */
  readonly body: Record<string, unknown>;
  /** As it came, such as Markdown or a PDF. */
  readonly bytes: Uint8Array;
}

/** Whether an answer says that it is JSON. */
export const isJson = (headers: Headers): boolean => /[/+]json\b/.test(headers.get('content-type') ?? '');

/** Calls the public REST API with a bearer token. A body whose type is said is text of that type, and any other is sent as JSON. */
export function apiClient(api: string, token: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await fetch(`${api}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: headers['content-type'] ? String(body) : JSON.stringify(body) }),
    }).catch((fault: unknown) => {
      throw new Error(`Nothing answers at ${api}. On this machine, start it first: npm start`, {
        cause: fault,
      });
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    if (!answer.ok) throw new UnexpectedAnswer(method, path, answer.status, text);
    const said = isJson(answer.headers) && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { headers: answer.headers, body: said, bytes };
  };
}

export type ApiClient = ReturnType<typeof apiClient>;
