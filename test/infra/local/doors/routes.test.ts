import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  matchRoute,
  type PathPart,
  type RouteNode,
  routeTree,
} from '../../../../infra/local/gateway/rest/routes.ts';

/** A tree from path templates; only these have methods. */
function tree(templates: readonly string[]) {
  const parts = new Map<string, PathPart>();
  for (const template of templates) {
    const segments = template.split('/').filter(Boolean);
    for (const [at, pathPart] of segments.entries()) {
      const id = `/${segments.slice(0, at + 1).join('/')}`;
      parts.set(id, { id, parentId: at === 0 ? 'root' : `/${segments.slice(0, at).join('/')}`, pathPart });
    }
  }
  const known = new Set(templates);
  return { root: routeTree('root', [...parts.values()]), answers: (node: RouteNode) => known.has(node.path) };
}
const match = (templates: readonly string[], path: string) => {
  const { root, answers } = tree(templates);
  const found = matchRoute(root, path, answers);
  return found && [found.node.path, found.parameters];
};

describe('a request finds the most specific resource', () => {
  const templates = [
    '/',
    '/api/{proxy+}',
    '/api/incidents',
    '/api/incidents/{id}',
    '/api/incidents/stats',
    '/api/incidents/{id}/notes',
  ];
  test.each([
    ['/', '/', {}],
    ['/api/other/thing', '/api/{proxy+}', { proxy: 'other/thing' }],
    ['/api/incidents', '/api/incidents', {}],
    ['/api/incidents/', '/api/incidents', {}],
    ['/api/incidents/inc_1', '/api/incidents/{id}', { id: 'inc_1' }],
    ['/api/incidents/stats', '/api/incidents/stats', {}],
    ['/api/incidents/stats/notes', '/api/incidents/{id}/notes', { id: 'stats' }],
    ['/api/incidents/a/b/c', '/api/{proxy+}', { proxy: 'incidents/a/b/c' }],
    ['/api/a%2Fb', '/api/{proxy+}', { proxy: 'a%2Fb' }],
    ['/api/__proto__', '/api/{proxy+}', { proxy: '__proto__' }],
  ])('%s is %s', (path, resource, parameters) => {
    expect(match(templates, path)?.[0]).toBe(resource);
    expect(Object.entries(match(templates, path)?.[1] ?? {})).toEqual(Object.entries(parameters));
  });

  test.each(['/api', '/other', '/api//', '', 'api'])('%s has none', (path) => {
    expect(match(['/api/incidents', '/api/{id}/x'], path)).toBeUndefined();
  });
});

test('two variable parts under one parent are refused, as API Gateway refuses them', () => {
  expect(() => tree(['/api/{id}', '/api/{proxy+}'])).toThrow('a sibling already has a variable path part');
});

const segment = fc.constantFrom('a', 'b', '{x}');
const template = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, greedy]) => `/${[...segments, ...(greedy ? ['{p+}'] : [])].join('/')}`);
const templates = fc.uniqueArray(template, { minLength: 1, maxLength: 8 }).filter((all) => {
  try {
    tree(all);
    return true;
  } catch {
    return false;
  }
});

/** Whether a template fits a path, and how specific it is: a fixed part beats a parameter, and that a greedy one. */
function rank(template: string, path: string): string | undefined {
  const segments = path
    .split('/')
    .slice(1)
    .filter((one, at, all) => one !== '' || at < all.length - 1);
  const parts = template.split('/').filter(Boolean);
  const ranks: number[] = [];
  for (const [at, part] of parts.entries()) {
    if (part === '{p+}') return at < segments.length ? [...ranks, 0].join('') : undefined;
    const given = segments[at];
    if (given === undefined || given === '' || (part !== '{x}' && part !== given)) return undefined;
    ranks.push(part === '{x}' ? 1 : 2);
  }
  return parts.length === segments.length ? ranks.join('') : undefined;
}

test('no template that fits is more specific than the one that is found', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })
    .map((segments) => `/${segments.join('/')}`);
  fc.assert(
    fc.property(templates, path, (all, asked) => {
      const fitting = all.flatMap((one) => rank(one, asked) ?? []).sort();
      const found = match(all, asked)?.[0] as string | undefined;
      expect(found === undefined ? undefined : rank(found, asked)).toBe(fitting.at(-1));
    }),
    { numRuns: 1000 },
  );
});

test('no path makes the router throw', () => {
  fc.assert(
    fc.property(templates, fc.oneof(fc.string({ unit: 'binary' }), fc.webPath()), (all, asked) => {
      match(all, asked);
    }),
  );
});
