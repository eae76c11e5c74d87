import { describe, expect, it } from 'vitest';
import { templateOf } from '../../../functions/edge/match.ts';
import { routes } from '../../../shared/wiring/index.ts';
import { httpEvent } from '../../support/http-event.ts';

const key = 'secret0123456789';
const keyed = (path: string) => path.replaceAll(/\{\w+\}/g, key);

describe('what is logged of a path', () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'is the template of its route, however the gateway folds it: %s',
    (_, { method, path }) => expect(templateOf(httpEvent({ method, path: keyed(path) }))).toBe(path),
  );

  it('is that of the path where the method has no route, and of the resource of the gateway where nothing fits', () => {
    const at = (method: string, path: string) => templateOf(httpEvent({ method, path }));
    expect(at('DELETE', `/heartbeats/${key}`)).toBe('/heartbeats/{key}');
    for (const path of [`/v2/${key}`, `/webhooks/a/b/${key}/c/d`, `/${key}`])
      expect(at('POST', path)).toBe('/{proxy+}');
  });
});
