import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Refusal } from '../../shared/kernel/index.ts';
import { type FunctionName, type Method, type Route, routes } from '../../shared/wiring/index.ts';

/** A route and the values of the fields of its path. */
export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The matcher of a function's routes: fixed segments win over fields because they stand first in the order of tries. */
export function matcher(name: FunctionName): (method: string, path: string) => Match {
  const own = inOrder(routes.filter((route) => route.function === name));
  return (method, path) => {
    const given = path.split('/');
    const fitting = own.filter(({ segments }) => fits(segments, given));
    const found = fitting.find(({ route }) => route.method === method);
    if (found === undefined) throw noRoute(fitting.map(({ route }) => route.method));
    return { route: found.route, params: paramsOf(found.segments, given) };
  };
}

/** What may be logged of a path, which can hold a key: the template of its route, or where there is none, of the gateway's resource. */
export function templateOf({ httpMethod, path, requestContext }: APIGatewayProxyEvent): string {
  const given = path.split('/');
  const fitting = inOrder(routes).filter(({ segments }) => fits(segments, given));
  const found = fitting.find(({ route }) => route.method === httpMethod) ?? fitting[0];
  return found?.route.path ?? requestContext.resourcePath;
}

const inOrder = (some: readonly Route[]) =>
  some
    .map((route) => ({ route, segments: route.path.split('/') }))
    .sort((a, b) => fields(a.segments) - fields(b.segments));

const isField = (segment: string): boolean => segment.startsWith('{');
const fields = (segments: readonly string[]): number => segments.filter(isField).length;

function fits(segments: readonly string[], given: readonly string[]): boolean {
  return (
    segments.length === given.length &&
    segments.every((segment, i) => (isField(segment) ? given[i] !== '' : segment === given[i]))
  );
}

function paramsOf(segments: readonly string[], given: readonly string[]): Record<string, string> {
  const pairs = segments.flatMap((segment, i) =>
    isField(segment) ? [[segment.slice(1, -1), decoded(given[i] ?? '')] as const] : [],
  );
  return Object.fromEntries(pairs);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) throw new Refusal('invalid', 'The path has a broken % sequence.', 'path');
    throw error;
  }
}

function noRoute(allowed: readonly Method[]): Refusal {
  // In the words of the gateway, which answers where no function does.
  const message =
    allowed.length === 0
      ? 'There is nothing at this path. /api/openapi.json lists all paths.'
      : `There is nothing here under this method and path. This path takes ${allowed.join(', ')}.`;
  return new Refusal('not_found', message);
}
