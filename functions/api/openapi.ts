import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { type CapabilityApi, errorBody, type VerbApi } from '../../shared/api/index.ts';
import type { Route } from '../../shared/wiring/index.ts';

/** The OpenAPI 3.1 document of these routes at this address; a route whose verb has no schemas is refused. */
export function openApiOf(
  routes: readonly Route[],
  apis: Readonly<Record<string, CapabilityApi>>,
  url: string,
) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const api = apis[route.capability]?.[route.verb];
    if (api === undefined) throw new Error(`No schemas for ${route.capability}/${route.verb}`);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, api) };
  }
  return createDocument({
    openapi: '3.1.0',
    servers: [{ url }],
    info: { title: 'Incident management', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An ID token of the configured issuer, or a machine key (imk_…).',
        },
      },
    },
  });
}

/** Whether a route asks for a bearer token or a machine key. */
const isGuarded = ({ access }: Route): boolean => !['public', 'key', 'signed'].includes(access);

function operationOf(route: Route, api: VerbApi): ZodOpenApiOperationObject {
  const { capability, verb } = route;
  return {
    operationId: `${capability}.${verb}`,
    tags: [capability],
    ...(api.about !== undefined && { summary: api.about }),
    security: isGuarded(route) ? [{ bearer: [] }] : [],
    requestParams: {
      path: api.params ?? pathFields(route.path),
      ...(api.query && { query: api.query }),
      ...(isGuarded(route) && { header: headersOf(route) }),
    },
    ...(api.body &&
      !['GET', 'HEAD', 'OPTIONS'].includes(route.method) && {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: api.body },
            ...(api.yaml && { 'application/yaml': { schema: api.body } }),
          },
        },
      }),
    responses: responsesOf(api),
  };
}

function pathFields(path: string): z.ZodObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return z.strictObject(Object.fromEntries(names.map((name) => [name, z.string()])));
}

const organisation = z.string().optional().meta({
  description: 'The organisation, for a person who belongs to several.',
});
const idempotencyKey = z.string().max(255).optional().meta({
  description: 'The same key and body within 24 hours get the first answer; another body gets 422.',
});
const ifMatch = z.string().optional().meta({ description: 'The ETag of what was read, such as "3".' });

function headersOf({ access, method }: Route): z.ZodObject {
  if (access === 'person') return z.strictObject({});
  return z.strictObject({
    'X-Organisation': organisation,
    ...(method === 'POST' && { 'Idempotency-Key': idempotencyKey }),
    ...((method === 'PATCH' || method === 'PUT') && { 'If-Match': ifMatch }),
  });
}

const failure = errorBody.meta({ id: 'Error' });

function responsesOf({ answer, status }: VerbApi): ZodOpenApiResponsesObject {
  const empty = answer instanceof z.ZodUndefined;
  const type = answer instanceof z.ZodString ? 'text/html' : 'application/json';
  return {
    [`${status ?? (empty ? 204 : 200)}`]: {
      description: 'Done.',
      ...(!empty && { content: { [type]: { schema: answer } } }),
    },
    default: {
      description: 'Not done; the body says why.',
      content: { 'application/json': { schema: failure } },
    },
  };
}
