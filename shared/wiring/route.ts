import type { Action } from '../kernel/index.ts';
import type { FunctionName } from './functions.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * Who may call a route: `public`; `key`, checked by the verb against an integration's secret; `signed`, a link that carries
 * its own signature; `person`, anybody with a valid token even without a membership; else an action of the organisation.
 */
export type Access = 'public' | 'key' | 'signed' | 'person' | Action;

/** One row of the route table, which drives the routers, API Gateway and OpenAPI. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly function: FunctionName;
  /** The file functions/<capability>/<verb>.http.ts, and the key of its schemas in shared/<capability>/api.ts. */
  readonly capability: string;
  readonly verb: string;
}

/** One row of the table. */
export const row = (
  method: Method,
  path: string,
  access: Access,
  function_: FunctionName,
  file: `${string}/${string}`,
): Route => {
  const [capability = '', verb = ''] = file.split('/');
  return { method, path, access, function: function_, capability, verb };
};
