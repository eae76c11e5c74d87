import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Door, foldRoutes } from '../../infra/constructs/fold-routes.ts';
import type { FunctionName, Route } from '../../shared/wiring/index.ts';

const route = (path: string, function_: FunctionName, access: Route['access'] = 'incident.read'): Route => ({
  ...{ method: 'GET', path, access, function: function_, capability: 'any', verb: 'any' },
});

const folded = (...routes: Route[]) =>
  foldRoutes(routes).map((door) => `${door.path} ${door.function}${door.authorized ? '' : ' open'}`);

describe('the route table becomes few resources', () => {
  test('a subtree of one function is its root, one part and the rest', () => {
    expect(
      folded(
        route('/api/incidents', 'Incidents'),
        route('/api/incidents/{id}', 'Incidents'),
        route('/api/incidents/{id}/facts', 'Incidents'),
        route('/api/incidents/{id}/notes/{note}', 'Incidents'),
      ),
    ).toEqual(['/api/{id} Incidents', '/api/{id}/{proxy+} Incidents']);
  });

  test('a path of another function inside it is a resource of its own', () => {
    expect(
      folded(
        route('/api/me', 'Identity'),
        route('/api/incidents', 'Incidents'),
        route('/api/incidents/{id}', 'Incidents'),
        route('/api/incidents/{id}/facts', 'Incidents'),
        route('/api/incidents/{id}/tickets', 'WarRoom'),
      ),
    ).toEqual([
      '/api/me Identity',
      '/api/incidents Incidents',
      '/api/incidents/{id} Incidents',
      '/api/incidents/{id}/{proxy+} Incidents',
      '/api/incidents/{id}/tickets WarRoom',
    ]);
  });

  test('a fixed part beside a variable one stands apart when the subtree is mixed', () => {
    expect(
      folded(
        route('/incidents', 'Incidents'),
        route('/incidents/export', 'Incidents'),
        route('/incidents/{id}', 'Incidents'),
        route('/incidents/{id}/tickets', 'WarRoom'),
      ),
    ).toEqual([
      '/incidents Incidents',
      '/incidents/export Incidents',
      '/incidents/{id} Incidents',
      '/incidents/{id}/tickets WarRoom',
    ]);
  });

  test('an open path among authorized ones is a resource of its own', () => {
    expect(folded(route('/api/openapi.json', 'Api', 'public'), route('/api/me', 'Api', 'person'))).toEqual([
      '/api/openapi.json Api open',
      '/api/me Api',
    ]);
  });

  test('one path cannot have two functions or two kinds of access', () => {
    expect(() => folded(route('/a', 'Api'), route('/a', 'Alerts'))).toThrow(
      '/a: one path needs one function',
    );
    expect(() => folded(route('/a', 'Api'), route('/a', 'Api', 'public'))).toThrow('/a: one path needs');
    expect(() => folded(route('/a/{x}/{y}', 'Api'), route('/a/{z}/b', 'Alerts'))).toThrow(
      '/a/{id}: two variable parts',
    );
  });
});

const part = fc.constantFrom('a', 'b', 'c', '{x}', '{y}');
const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/r/${parts.join('/')}`);
const someRoute = fc
  .tuple(
    path,
    fc.constantFrom<FunctionName>('Api', 'Alerts', 'Incidents'),
    fc.constantFrom<Route['access']>('public', 'person'),
  )
  .map((fields) => route(...fields));

const table = fc
  .uniqueArray(someRoute, { minLength: 1, maxLength: 14, selector: ({ path: at }) => shape(at) })
  .filter((routes) => foldable(routes));

describe('any route table that can be folded', () => {
  test('reaches for each route the function and the access that it names', () => {
    return fc.assert(
      fc.property(table, (routes) => {
        const doors = foldRoutes(routes);
        for (const one of routes) {
          const door = reached(doors, one.path);
          expect(door, one.path).toMatchObject({
            function: one.function,
            authorized: one.access === 'person',
          });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('never needs one variable part where another table needed the other, so every update can be deployed', () => {
    return fc.assert(
      fc.property(table, (routes) => {
        for (const { path: at } of foldRoutes(routes)) {
          expect(at).not.toMatch(/\{id\}\/\{id\}/);
          expect(at.replaceAll('{id}/{proxy+}', '')).not.toContain('{proxy+}');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function foldable(routes: readonly Route[]): boolean {
  try {
    foldRoutes(routes);
    return true;
  } catch {
    return false;
  }
}

/** The path with every variable part alike, since two names of one variable are one path to a gateway. */
function shape(at: string): string {
  return at.replaceAll(/\{\w+\}/g, '{}');
}

/** API Gateway's way: a fixed part wins over a variable one, and that over the rest. */
function reached(doors: readonly Door[], at: string): Door | undefined {
  const parts = at.split('/').slice(1);
  let prefix = '';
  for (const [index, own] of parts.entries()) {
    const under = (next: string) => doors.some((door) => `${door.path}/`.startsWith(`${prefix}/${next}/`));
    if (!own.startsWith('{') && under(own)) prefix += `/${own}`;
    else if (under('{id}')) prefix += '/{id}';
    else return index === 0 ? undefined : doors.find((door) => door.path === `${prefix}/{proxy+}`);
  }
  return doors.find((door) => door.path === prefix);
}
