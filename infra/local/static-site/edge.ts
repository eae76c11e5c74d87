import type { ServerResponse } from 'node:http';
import type { EdgeFunction, EdgeRequest, EdgeResponse } from './edge-function.ts';
import type { Viewed } from './fetch-origin.ts';

/** What an edge function may know besides the request. */
export type Edge = { readonly domain: string; readonly requestId: string; readonly ip: string };

function asEdgeRequest({ method, path, query, headers }: Viewed): EdgeRequest {
  const values = (pairs: Iterable<readonly [string, string]>) =>
    Object.fromEntries([...pairs].map(([name, value]) => [name, { value }]));
  const present = Object.entries(headers).map(
    ([name, value]) => [name, [value ?? ''].flat().join(', ')] as const,
  );
  return { method, uri: path, querystring: values(new URLSearchParams(query)), headers: values(present) };
}

/** Runs a viewer-request function: the changed request, or an answer in its place. */
export function edgeRequest(run: EdgeFunction, edge: Edge, viewed: Viewed): Viewed | EdgeResponse {
  const result = run({ ...edge, eventType: 'viewer-request', request: asEdgeRequest(viewed) });
  if ('statusCode' in result) return result;
  const pairs = (values: EdgeRequest['headers']) =>
    Object.entries(values).map(([name, { value }]) => [name, value]);
  return {
    ...viewed,
    path: result.uri,
    query: new URLSearchParams(pairs(result.querystring)).toString(),
    headers: Object.fromEntries(pairs(result.headers)),
  };
}

/** Runs a viewer-response function: the changed status and headers. */
export function edgeResponse(
  run: EdgeFunction,
  edge: Edge,
  viewed: Viewed,
  status: number,
  headers: ReadonlyMap<string, string | string[]>,
) {
  const values = Object.fromEntries(
    [...headers].map(([name, value]) => [name, { value: [value].flat().join(', ') }]),
  );
  const request = asEdgeRequest(viewed);
  const result = run({
    ...edge,
    eventType: 'viewer-response',
    request,
    response: { statusCode: status, headers: values },
  });
  if (!('statusCode' in result)) throw new Error('a viewer-response function must return a response');
  const changed = Object.entries(result.headers ?? {}).map(([name, { value }]): [string, string] => [
    name,
    value,
  ]);
  return { status: result.statusCode, headers: new Map<string, string | string[]>(changed) };
}

/** Sends an answer that a viewer-request function made. */
export function answerFromEdge(
  { statusCode, headers = {}, body }: EdgeResponse,
  response: ServerResponse,
): void {
  const text = typeof body === 'string' ? body : (body?.data ?? '');
  response
    .writeHead(
      statusCode,
      Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
    )
    .end(text);
}
