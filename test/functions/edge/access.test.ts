import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { audienceOf, router } from '../../../functions/edge/router.ts';
import { callerVerb, openVerb, type Verb, verb } from '../../../functions/edge/verb.ts';
import { type Action, actions, may, roles } from '../../../shared/kernel/index.ts';
import { env, type FunctionName, type Route, routes } from '../../../shared/wiring/index.ts';
import { as } from '../../support/edge-verbs.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

beforeAll(() => {
  for (const name of Object.values(env)) process.env[name] = 'https://console.example';
});

/** A verb that lets everything through and does nothing, as open as its route says. */
function idle(route: Route): Verb {
  const definition = {
    api: { params: z.looseObject({}), answer: z.undefined() },
    run: async () => undefined,
  };
  const make = { open: openVerb, caller: callerVerb, member: verb };
  return make[audienceOf(route)](definition);
}

const routerOf = (name: FunctionName) => {
  const own = routes.filter((route) => route.function === name);
  return router(name, Object.fromEntries(own.map((route) => [route.verb, idle(route)])));
};

const statusOf = async (route: Route, authorizer?: Readonly<Record<string, string>>) => {
  const path = route.path.replaceAll(/\{\w+\}/g, 'x');
  const event = httpEvent({ method: route.method, path, ...(authorizer && { authorizer }) });
  return (await routerOf(route.function)(event, lambdaContext)).statusCode;
};

const isAction = (access: Route['access']): access is Action => access in actions;
const matrix = routes.flatMap((route) =>
  roles.map((role) => [`${role} on ${route.method} ${route.path}`, route, role] as const),
);

describe('[F57] the route table', () => {
  it.each(matrix)('is kept for %s', async (_, route, role) => {
    const allowed = isAction(route.access) ? may(role, route.access) : true;
    expect(await statusOf(route, as(role))).toBe(allowed ? 204 : 403);
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '[F55] lets nobody without an identity through %s unless it is open',
    async (_, route) => {
      expect(await statusOf(route)).toBe(audienceOf(route) === 'open' ? 204 : 401);
    },
  );

  it('lets a viewer write nothing', () => {
    const writes = routes.filter(({ method, access }) => method !== 'GET' && isAction(access));
    expect(
      writes.filter(({ access }) => isAction(access) && may('viewer', access)).map(({ path }) => path),
    ).toEqual(['/api/war-room/tickets']);
  });
});
