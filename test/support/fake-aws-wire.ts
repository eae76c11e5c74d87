import type { IncomingMessage } from 'node:http';

/** How AWS services are spoken to: forms and XML, JSON with a target header, or JSON at a path. */
export type Protocol = 'query' | 'json' | 'rest';

/** A request as AWS understands it. */
export interface Asked {
  readonly protocol: Protocol;
  /** The service that the signature is for. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly signed: boolean;
}

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** The versions of the query APIs; another one is another API. */
const versions: Readonly<Record<string, string>> = {
  cloudformation: '2010-05-15',
  sns: '2010-03-31',
  sts: '2011-06-15',
};

/** Method and path of the REST operations that are known; a star is one part of the path, and a parameter. */
const restOperations: readonly (readonly [
  method: string,
  path: RegExp,
  operation: string,
  parameter?: string,
])[] = [
  ['GET', /^\/2016-08-19\/account-settings$/, 'GetAccountSettings'],
  ['GET', /^\/2019-09-30\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['GET', /^\/v2\/email\/account$/, 'GetAccount'],
  ['GET', /^\/v2\/email\/identities\/([^/]+)$/, 'GetEmailIdentity', 'EmailIdentity'],
];

/** What a request asks for. */
export function actionOf(request: IncomingMessage, body: string): Asked {
  const authorization = String(request.headers.authorization ?? '');
  const scope =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/;
  const service = scope.exec(authorization)?.[1];
  const common = { service: service ?? 'unsigned', signed: service !== undefined };
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const input = JSON.parse(body) as Record<string, unknown>;
    return { ...common, protocol: 'json', operation: target.split('.')[1] ?? '', input };
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const { Action = '', Version, ...input } = Object.fromEntries(new URLSearchParams(body));
    const operation = Version === versions[common.service] ? Action : `${Action} of version ${Version}`;
    return { ...common, protocol: 'query', operation, input };
  }
  return { ...common, protocol: 'rest', ...restOperation(request) };
}

function restOperation({ method, url = '/' }: IncomingMessage): Pick<Asked, 'operation' | 'input'> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const path = pathname.replace(/(.)\/$/, '$1');
  const query = Object.fromEntries(searchParams);
  for (const [wanted, pattern, operation, parameter] of restOperations) {
    const matched = method === wanted ? pattern.exec(path) : null;
    if (!matched) continue;
    const named = parameter === undefined ? {} : { [parameter]: decodeURIComponent(matched[1] ?? '') };
    return { operation, input: { ...query, ...named } };
  }
  return { operation: `${method} ${path}`, input: query };
}

/** An answer in the form of its protocol. */
export function render({ protocol, operation }: Asked, answer: unknown) {
  if (protocol !== 'query')
    return {
      status: 200,
      type: protocol === 'json' ? 'application/x-amz-json-1.0' : 'application/json',
      content: JSON.stringify(answer),
    };
  const content = `<${operation}Response><${operation}Result>${xml(answer)}</${operation}Result><ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></${operation}Response>`;
  return { status: 200, type: 'text/xml', content };
}

/** Lists have their entries in `member`, as in the query protocol. */
function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${xml(one)}</member>`).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, part]) => `<${name}>${xml(part)}</${name}>`)
      .join('');
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A refusal in the form of its protocol. */
export function renderFault(protocol: Protocol, { code, message, status }: Fault) {
  if (protocol === 'query') {
    const content = `<ErrorResponse><Error><Type>Sender</Type>${xml({ Code: code, Message: message })}</Error><RequestId>fake</RequestId></ErrorResponse>`;
    return { status, headers: { 'content-type': 'text/xml' }, content };
  }
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { status, headers, content: JSON.stringify({ __type: code, message }) };
}
