import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type FunctionName, functions, type Route, routes } from '../../shared/wiring/index.ts';
import { readSettings, setting } from '../aws/settings.ts';
import { answer } from './answer.ts';
import { audited } from './audit.ts';
import { lowerCased } from './body.ts';
import { corsHeaders } from './cors.ts';
import { http } from './http.ts';
import { inWords } from './in-words.ts';
import { matcher } from './match.ts';
import { type Reply, reply } from './reply.ts';
import type { Audience, Verb } from './verb.ts';

/** Says a refusal in the form of whose protocol is spoken at a path; gives nothing where that is our own. */
export type InItsForm = (thrown: unknown, event: APIGatewayProxyEvent) => Reply | undefined;

/** The Lambda of a capability's REST verbs, by the route table. Refuses to start when a verb is missing, unknown or too open. */
export function router(
  name: FunctionName,
  verbs: Readonly<Record<string, Verb>>,
  inItsForm: InItsForm = () => undefined,
) {
  readSettings([...functions[name].env, 'consoleUrl']);
  checkVerbs(name, verbs);
  const match = matcher(name);
  const cors = (event: APIGatewayProxyEvent) =>
    corsHeaders(lowerCased(event.headers).origin, setting('consoleUrl'), event.httpMethod === 'OPTIONS');
  const run = async (event: APIGatewayProxyEvent): Promise<Reply> => {
    const { route, params } = match(event.httpMethod, event.path);
    const found = verbs[route.verb];
    if (found === undefined) throw new Error(`No verb for ${route.verb}`);
    return inWords(event, found, () => audited(event, route, () => answer(event, route, found, params)));
  };
  return http(async (event) => {
    if (event.httpMethod === 'OPTIONS') return reply(204);
    try {
      return await run(event);
    } catch (thrown) {
      const said = inItsForm(thrown, event);
      if (said === undefined) throw thrown;
      return said;
    }
  }, cors);
}

/** Whom a route lets in, in the terms of verbs. */
export function audienceOf({ access }: Route): Audience {
  if (access === 'public' || access === 'key' || access === 'signed') return 'open';
  return access === 'person' ? 'caller' : 'member';
}

function checkVerbs(name: FunctionName, verbs: Readonly<Record<string, Verb>>): void {
  const own = routes.filter((route) => route.function === name);
  const faults = [
    ...own.filter(({ verb }) => verbs[verb] === undefined).map(({ verb }) => `no verb '${verb}'`),
    ...own
      .filter((route) => verbs[route.verb] && verbs[route.verb]?.audience !== audienceOf(route))
      .map(({ verb, access }) => `'${verb}' does not fit the access '${access}'`),
    ...Object.keys(verbs)
      .filter((verb) => !own.some((route) => route.verb === verb))
      .map((verb) => `no route for '${verb}'`),
  ];
  if (faults.length > 0) throw new Error(`The routes of ${name} and its verbs differ: ${faults.join(', ')}`);
}
