import { Agent, request } from 'node:http';

/** Speaks AWS's JSON protocol with a local engine; far cheaper per call than the SDK. */
export interface JsonClient {
  call<Answer>(operation: string, input: unknown): Promise<Answer>;
  close(): void;
}

/** An error answer of an engine, named as AWS names it. */
export class EngineError extends Error {
  readonly status: number;
  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/**
 * @param endpoint http://host:port
 * @param target prefix of `X-Amz-Target`, for example `DynamoDB_20120810`
 */
export function jsonClient(endpoint: string, target: string, region: string): JsonClient {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': '20000101T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=runner/20000101/${region}/local/aws4_request, SignedHeaders=host, Signature=0`,
  };
  return {
    async call<Answer>(operation: string, input: unknown): Promise<Answer> {
      const { status, text } = await post(
        endpoint,
        agent,
        { ...headers, 'x-amz-target': `${target}.${operation}` },
        JSON.stringify(input),
      );
      const body: unknown = text === '' ? {} : JSON.parse(text);
      if (status === 200) return body as Answer;
      const { __type: type = 'UnknownError', message, Message } = body as Record<string, string>;
      throw new EngineError(type.replace(/^.*#/, ''), message ?? Message ?? text, status);
    },
    close: () => agent.destroy(),
  };
}

function post(
  endpoint: string,
  agent: Agent,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      endpoint,
      { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
        );
        answer.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
