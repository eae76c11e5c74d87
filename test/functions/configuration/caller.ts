import type { APIGatewayProxyEvent } from 'aws-lambda';
import { toContext } from '../../../functions/edge/caller.ts';
import { idOf, type OrganisationId, type Role } from '../../../shared/kernel/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

type Handler = (
  event: APIGatewayProxyEvent,
  context: typeof lambdaContext,
) => Promise<{ statusCode: number; body: string; headers: Record<string, string> }>;

interface Asked {
  readonly body?: unknown;
  /** The type of its content, when it is no JSON. */
  readonly type?: string;
  readonly version?: number;
  readonly role?: Role;
}

/** The verbs of configuration on a table of their own. */
export async function startConfiguration() {
  const engine = await startDynamoDb();
  process.env.CONSOLE_URL = 'https://console.example';
  const { handler } = (await import('../../../functions/configuration/routes.ts')) as { handler: Handler };
  return {
    stop: () => engine.stop(),
    /** Calls a verb as a machine; `version` goes into If-Match. */
    async call(org: OrganisationId, target: string, { body, type, version, role = 'manager' }: Asked = {}) {
      const [method = '', path = ''] = target.split(' ');
      const [at = '', search] = path.split('?');
      const query = Object.fromEntries(new URLSearchParams(search));
      const authorizer = toContext({ kind: 'machine', org, id: idOf('key', 0, 'k'), name: 'CI', role });
      const headers = {
        ...(version !== undefined && { 'If-Match': `"${version}"` }),
        ...(type !== undefined && { 'content-type': type }),
      };
      const event = httpEvent({ method, path: at, query, body, headers, authorizer });
      const result = await handler(event, lambdaContext);
      return { status: result.statusCode, etag: result.headers.etag, json: JSON.parse(result.body) };
    },
  };
}
