import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apis } from '../../../functions/api/apis.ts';
import { openApiOf } from '../../../functions/api/openapi.ts';
import { type Route, routes } from '../../../shared/wiring/index.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

const root = join(import.meta.dirname, '../../..');
const document = openApiOf(routes, apis, 'https://api.example.com/live');
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].toSorted();
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;
const verbOf = ({ capability, verb }: Route): string => `${capability}/${verb}`;

describe('[F68] the route table', () => {
  it('and OpenAPI have the same methods and paths', () => {
    const documented = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(sorted(documented)).toEqual(sorted(routes.map(nameOf)));
  });

  it('and the verbs on disk are the same', () => {
    const files = globSync('functions/*/*.http.ts', { cwd: root });
    const onDisk = files.map((file) => file.replace(/^functions\//, '').replace(/\.http\.ts$/, ''));
    expect(sorted(onDisk)).toEqual(sorted(routes.map(verbOf)));
  });

  it('and the schemas are the same', () => {
    const described = Object.entries(apis).flatMap(([capability, api]) =>
      Object.keys(api).map((verb) => `${capability}/${verb}`),
    );
    expect(sorted(described)).toEqual(sorted(routes.map(verbOf)));
  });

  it('names every operation once', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((operations) =>
      Object.values(operations).map(({ operationId }: { operationId: string }) => operationId),
    );
    expect(sorted(ids)).toHaveLength(routes.length - repeated().length);
  });

  it.each(routes.map((route) => [nameOf(route), route] as const))(
    'has schemas that fit the path %s',
    (_, route) => {
      const fields = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const params = apis[route.capability]?.[route.verb]?.params;
      if (params !== undefined) expect(sorted(Object.keys(params.shape))).toEqual(sorted(fields));
    },
  );
});

/** Routes beyond the first of a verb that answers under several paths. */
function repeated(): Route[] {
  return routes.filter((route, i) => routes.findIndex((other) => verbOf(other) === verbOf(route)) < i);
}

describe('[F58] what the API takes', () => {
  const inputs = Object.entries(apis).flatMap(([capability, api]) =>
    Object.entries(api).flatMap(([verb, { params, query, body }]) =>
      Object.entries({ params, query, body }).flatMap(([part, schema]) =>
        schema ? [[`${capability}/${verb} ${part}`, schema] as const] : [],
      ),
    ),
  );

  it.each(inputs.filter(([name]) => !name.startsWith('alerts/receive')))(
    'has no open object in %s',
    (_, schema) => {
      const text = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
      const objects = text.match(/"type":"object"/g) ?? [];
      const closed = text.match(/"additionalProperties":(false|\{)/g) ?? [];
      expect(closed).toHaveLength(objects.length);
    },
  );
});

describe('GET /api/openapi.json', () => {
  beforeAll(() => {
    process.env.CONSOLE_URL = 'https://console.example';
    process.env.PUBLIC_URL = 'https://api.example.com/live';
    process.env.SOCKET_URL = 'wss://socket.example.com/live';
  });

  it('answers anybody with the document', async () => {
    const { handler } = await import('../../../functions/api/routes.ts');
    const { statusCode, body } = await handler(httpEvent({ path: '/api/openapi.json' }), lambdaContext);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(document)));
    expect(JSON.parse(body).openapi).toBe('3.1.0');
  });

  it('asks for a token exactly where the gateway does', () => {
    const open = routes.filter(({ access }) => ['public', 'key', 'signed'].includes(access)).map(nameOf);
    const unguarded = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { security }]: [string, { security: unknown[] }]) => security.length === 0)
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(sorted(unguarded)).toEqual(sorted(open));
  });

  it('has every entry of the route table as a function that exists', () => {
    for (const route of routes) {
      expect(existsSync(join(root, 'functions', `${verbOf(route)}.http.ts`))).toBe(true);
    }
  });
});
