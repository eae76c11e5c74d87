import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import {
  type Action,
  actions,
  authorise,
  type Cause,
  fromOutside,
  parseYaml,
  Refusal,
  YamlFault,
} from '../../shared/kernel/index.ts';
import type { Route } from '../../shared/wiring/index.ts';
import { lowerCased, parseJson, readText } from './body.ts';
import { callerOf, memberOf } from './caller.ts';
import { freshAttempt, once } from './idempotency.ts';
import { parseInput, refuseHalves } from './input.ts';
import { Reply, reply } from './reply.ts';
import type { AnyRequest, Attempt, Verb } from './verb.ts';

/** Carries out one request by its verb: who, whether they may, what exactly, and then the verb itself. */
export async function answer(
  event: APIGatewayProxyEvent,
  route: Route,
  verb: Verb,
  params: Readonly<Record<string, string>>,
): Promise<Reply> {
  const headers = lowerCased(event.headers);
  const caller = verb.audience === 'open' ? undefined : callerOf(event.requestContext.authorizer);
  const ctx = verb.audience === 'member' && caller ? memberOf(caller) : undefined;
  if (ctx !== undefined && isAction(route.access)) authorise(ctx, route.access);
  const text = isUnread(verb) ? '' : readText(event, verb.api.bodyLimit);
  const parsed = {
    params: part(verb, verb.api.params, params, 'path'),
    query: part(verb, verb.api.query, queryOf(event), 'query'),
    body: bodyOf(verb, text, headers['content-type']),
  };
  const run = async (attempt: Attempt): Promise<Reply> => {
    // The schemas have just given each part the type that the verb was written for.
    const { sourceIp } = event.requestContext.identity;
    const request = {
      ...{ ...parsed, headers, attempt, ctx, caller },
      ...{ sourceIp, cause: causeOf(event) },
    } as AnyRequest;
    return toReply(verb, await verb.run(request));
  };
  const idempotencyKey = headers['idempotency-key'];
  const by = ctx ?? caller;
  if (by === undefined || idempotencyKey === undefined || event.httpMethod !== 'POST')
    return run(freshAttempt());
  const { httpMethod: method, path } = event;
  return once({ by, method, path, idempotencyKey, body: text, secret: verb.api.secret ?? false }, run);
}

/** A caller may choose the request's id by a header; the extended one is always the gateway's. */
const causeOf = ({ requestContext: { extendedRequestId, requestId } }: APIGatewayProxyEvent): Cause =>
  fromOutside(extendedRequestId ?? requestId);

/** Whoever calls an open link may send any bytes where the verb looks at none: they are not even decoded. */
const isUnread = ({ audience, api }: Verb): boolean => audience === 'open' && api.body === undefined;

const isAction = (access: Route['access']): access is Action => access in actions;

/** A part of the request by its schema; without one, members may send nothing there, and open links may carry anything. */
function part(verb: Verb, schema: z.ZodObject | undefined, value: object, place: string): unknown {
  if (schema !== undefined) {
    refuseHalves(value, place);
    return parseInput(schema, value, place);
  }
  const [extra] = Object.keys(value);
  if (extra === undefined || verb.audience === 'open') return undefined;
  throw new Refusal('invalid', `${place}.${extra.slice(0, 40)}: there is no such field here`, place);
}

function queryOf(event: APIGatewayProxyEvent): object {
  const all = Object.entries(event.multiValueQueryStringParameters ?? {});
  if (all.length === 0) return event.queryStringParameters ?? {};
  return Object.fromEntries(all.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]));
}

function bodyOf(verb: Verb, text: string, type = ''): unknown {
  const { body } = verb.api;
  if (body === undefined) {
    if (text.trim() === '') return undefined;
    throw new Refusal('invalid', 'This request takes no body.', 'body');
  }
  const media = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (verb.audience === 'open' && media === 'application/x-www-form-urlencoded') {
    return parseInput(body, Object.fromEntries(new URLSearchParams(text)), 'body');
  }
  if (verb.api.yaml && /^(?:application|text)\/(?:x-)?yaml$/.test(media))
    return parseInput(body, whole(yamlOf(text), text), 'body');
  if (text !== '' && !/^application\/([\w.+-]+\+)?json$/.test(media)) {
    const got = media === '' ? 'none' : `'${media.slice(0, 60)}'`;
    const also = verb.api.yaml ? ', or YAML with application/yaml' : '';
    throw new Refusal('unsupported', `Send JSON with Content-Type: application/json${also}; got ${got}.`);
  }
  return parseInput(body, text.trim() === '' ? undefined : whole(parseJson(text), text), 'body');
}

/** What a text said, unless halves of characters are in it: the text is UTF-8, so only an escape can have said one. */
function whole(said: unknown, text: string): unknown {
  if (/\\u/i.test(text)) refuseHalves(said, 'body');
  return said;
}

function yamlOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (fault) {
    if (fault instanceof YamlFault)
      throw new Refusal('invalid', `The body is not YAML: ${fault.message}.`, 'body');
    throw fault;
  }
}

/** The answer passes its schema too, so nothing that the API does not promise leaves the system. */
function toReply({ api }: Verb, result: unknown): Reply {
  if (result instanceof Reply) {
    const isWhole = typeof result.body === 'string' || result.body instanceof Uint8Array;
    return result.status >= 300 || isWhole
      ? result
      : reply(result.status, api.answer.parse(result.body), result.headers);
  }
  const body = api.answer.parse(result);
  return reply(api.status ?? (body === undefined ? 204 : 200), body);
}
