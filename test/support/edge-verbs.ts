import * as z from 'zod';
import { toContext } from '../../functions/edge/caller.ts';
import { reply } from '../../functions/edge/reply.ts';
import { router } from '../../functions/edge/router.ts';
import { callerVerb, type Verb, verb } from '../../functions/edge/verb.ts';
import { idOf, type Role } from '../../shared/kernel/index.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';

export const org = idOf('organisation', 0, 'a');
export const person = idOf('person', 0, 'ann');

/** What the authorizer says of a person in this role, with this verified address. */
export const as = (role: Role, email?: string) =>
  toContext({
    kind: 'person',
    issuer: 'https://issuer.example',
    subject: 'ann',
    name: 'Ann',
    ...(email !== undefined && { email }),
    membership: { org, person, name: 'Ann', role },
  });

export const admin = { authorizer: as('administrator') };

/** What the function of identity needs to start. */
export const settings = {
  TABLE_NAME: 't',
  CONSOLE_URL: 'https://console.example/app',
  OIDC_ISSUER: 'https://issuer.example',
  ADMINISTRATOR_EMAIL: 'a@example.com',
  ORGANISATION_NAME: 'Acme',
  SOCKET_ENDPOINT: 'https://socket.example',
};

const key = z.strictObject({ id: z.string(), name: z.string() });

/** Verbs that fit the routes of identity and store nothing; `run` is what making a key does. */
export const verbs = (run: () => unknown = () => ({ id: 'key_1', name: 'n' })): Record<string, Verb> => ({
  'create-organisation': callerVerb({
    api: { answer: z.strictObject({ kind: z.string() }) },
    run: async ({ caller }) => ({ kind: caller.kind }),
  }),
  'get-me': callerVerb({ api: { answer: z.undefined() }, run: async () => undefined }),
  'list-members': verb({
    api: { query: z.strictObject({ limit: z.coerce.number().max(5).default(1) }), answer: z.unknown() },
    run: async ({ ctx, query }) => ({ ctx, query }),
  }),
  'add-member': verb({ api: { answer: z.undefined() }, run: async () => undefined }),
  'remove-member': verb({ api: { answer: z.undefined() }, run: async () => undefined }),
  'list-keys': verb({ api: { answer: z.array(key) }, run: async () => [] }),
  'create-key': verb({
    api: {
      body: z.strictObject({ name: z.string(), role: z.enum(['viewer']).optional() }),
      answer: key,
      status: 201,
    },
    run: async () => run() as z.infer<typeof key>,
  }),
  'delete-key': verb({
    api: { params: z.strictObject({ id: z.string().regex(/^key_\w+$/) }), answer: z.undefined() },
    run: async ({ params }) => reply(204, undefined, { 'x-id': params.id }),
  }),
});

/** Sends a request through a router over these verbs. */
export async function callVerbs(request: TestRequest, given = verbs()) {
  const result = await router('Identity', given)(httpEvent(request), lambdaContext);
  return { ...result, json: result.body === '' ? undefined : JSON.parse(result.body) };
}
