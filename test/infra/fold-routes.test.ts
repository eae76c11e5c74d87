import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Door, foldRoutes, type Rests, rests } from '../../infra/constructs/fold-routes.ts';
import { type FunctionName, type Route, routes } from '../../shared/wiring/index.ts';

const route = (path: string, function_: FunctionName, access: Route['access'] = 'incident.read'): Route => ({
  ...{ method: 'GET', path, access, function: function_, capability: 'any', verb: 'any' },
});

const folded = (...routes: Route[]) => foldedWith({}, ...routes);
const foldedWith = (given: Rests, ...routes: Route[]) =>
  foldRoutes(routes, given).map((door) => `${door.path} ${door.function}${door.authorized ? '' : ' open'}`);

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

describe('a path whose rest is given to one function', () => {
  const runs = [
    route('/api/runs', 'Runbooks'),
    route('/api/runs/{id}', 'Runbooks'),
    route('/api/runs/{id}/steps/{step}', 'Runbooks'),
  ];

  test('is itself and one resource for all below it', () => {
    expect(foldedWith({ '/api/runs': 'Runbooks' }, ...runs)).toEqual([
      '/api/runs Runbooks',
      '/api/runs/{proxy+} Runbooks',
    ]);
  });

  test('leaves what others answer below it to them, as fixed parts', () => {
    expect(
      foldedWith(
        { '/v2': 'Receive' },
        route('/v2/alerts/{id}', 'Receive', 'key'),
        route('/v2/heartbeats', 'Alerts', 'key'),
        route('/v2/enqueue', 'Receive', 'key'),
      ),
    ).toEqual(['/v2/{proxy+} Receive open', '/v2/heartbeats Alerts open']);
  });

  test('may be given to another function than answers at the path itself, but for no other kind of access', () => {
    const table = [
      route('/r/{id}', 'Incidents'),
      route('/r/{id}/notes', 'Incidents'),
      route('/r/{id}/room', 'WarRoom'),
      route('/r/{id}/video', 'WarRoom'),
    ];
    expect(foldedWith({ '/r/{id}': 'WarRoom' }, ...table)).toEqual([
      '/r/{id} Incidents',
      '/r/{id}/{proxy+} WarRoom',
      '/r/{id}/notes Incidents',
    ]);
    const open = [route('/s', 'StatusApi'), route('/s/public', 'StatusApi', 'public')];
    expect(() => foldedWith({ '/s': 'StatusApi' }, ...open)).toThrow(
      '/s: nothing below it is of StatusApi alone, which is to answer for the rest',
    );
  });

  test('cannot have a variable part of another function, for API Gateway allows one', () => {
    expect(() =>
      foldedWith({ '/api/runs': 'Runbooks' }, ...runs, route('/api/runs/{id}/film', 'WarRoom')),
    ).toThrow('/api/runs: its variable part is not of Runbooks alone');
  });

  test('is one of these, of which each is needed and none may change where it is deployed', () => {
    expect(rests).toMatchInlineSnapshot(`
      {
        "/api": "Alerts",
        "/api/incidents/{id}": "Incidents",
        "/api/on-call": "OnCall",
        "/api/runbooks": "Runbooks",
        "/api/runs": "Runbooks",
        "/api/schedules": "OnCall",
        "/api/status": "StatusApi",
        "/api/war-room": "WarRoom",
        "/generic": "Receive",
        "/status": "StatusApi",
        "/v2": "Receive",
        "/v2/heartbeats": "Alerts",
        "/webhooks": "Receive",
      }
    `);
    for (const path of Object.keys(rests)) {
      const { [path]: _, ...others } = rests;
      expect(foldRoutes(routes).length, path).toBeLessThanOrEqual(foldRoutes(routes, others).length);
      expect(foldRoutes(routes).map((door) => door.path)).toContain(`${path}/{proxy+}`);
    }
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
        const doors = foldRoutes(routes, {});
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

  test('reaches them too where paths are given to functions, or is refused', () => {
    const taker = fc.constantFrom<FunctionName>('Api', 'Alerts', 'Incidents');
    const given = fc.dictionary(fc.constantFrom('/r', '/r/a', '/r/{id}', '/r/a/{id}'), taker, { maxKeys: 2 });
    return fc.assert(
      fc.property(table, given, (routes, rests) => {
        fc.pre(foldable(routes, rests));
        const doors = foldRoutes(routes, rests);
        for (const one of routes)
          expect(reached(doors, one.path), one.path).toMatchObject({
            function: one.function,
            authorized: one.access === 'person',
          });
      }),
      { numRuns: 2000 },
    );
  });

  test('never needs one variable part where another table needed the other, so every update can be deployed', () => {
    return fc.assert(
      fc.property(table, (routes) => {
        for (const { path: at } of foldRoutes(routes, {})) {
          expect(at).not.toMatch(/\{id\}\/\{id\}/);
          expect(at.replaceAll('{id}/{proxy+}', '')).not.toContain('{proxy+}');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function foldable(routes: readonly Route[], given: Rests = {}): boolean {
  try {
    foldRoutes(routes, given);
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
