import type * as z from 'zod';
import type { VerbApi } from '../../shared/api/index.ts';
import type { Caller } from '../../shared/identity/index.ts';
import type { Cause, Ctx, Instant } from '../../shared/kernel/index.ts';
import type { Reply } from './reply.ts';

/** Who may reach a verb: a member of an organisation, anybody with a valid token or key, or everybody. */
export type Audience = 'member' | 'caller' | 'open';

/**
 * One try of a request. Ids made from `seed` and `at` are equal in every repetition under one Idempotency-Key, also when the
 * try before died halfway; without that header they are new each time.
 */
export interface Attempt {
  readonly seed: string;
  readonly at: Instant;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request whose parts passed their schemas. Header names are in lower case. */
export interface Request<Api extends VerbApi> {
  readonly params: Parsed<Api['params']>;
  readonly query: Parsed<Api['query']>;
  readonly body: Parsed<Api['body']>;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempt: Attempt;
  /** The address of whoever sent it, as the gateway saw it. */
  readonly sourceIp: string;
  /** Why facts are recorded that this request makes. */
  readonly cause: Cause;
}

type Answer<Api extends VerbApi> = Promise<z.input<Api['answer']> | Reply>;

/** What the router hands to every verb, before the types of its schemas are put on. */
export interface AnyRequest extends Request<VerbApi> {
  readonly ctx: Ctx | undefined;
  readonly caller: Caller | undefined;
}

/** A request that was refused, or failed, as it is told to a person. */
export interface Refused {
  readonly status: number;
  /** Absent when it is our own fault, of which nothing is told. */
  readonly message?: string;
  /** What it is about, such as `body.email`. */
  readonly param?: string;
  /** The fields of the form that was sent. */
  readonly sent: Readonly<Record<string, string>>;
}

/** A verb as the router holds it. */
export interface Verb {
  readonly audience: Audience;
  readonly api: VerbApi;
  readonly run: (request: AnyRequest) => Promise<unknown>;
  /** The page that tells a person who sent a form why it was refused. */
  readonly explain?: (refused: Refused) => Promise<Reply>;
}

/** A verb of an organisation: `ctx` says whose. Its role has been checked against the route's action. */
export function verb<const Api extends VerbApi>(definition: {
  readonly api: Api;
  readonly run: (request: Request<Api> & { readonly ctx: Ctx }) => Answer<Api>;
}): Verb {
  return { audience: 'member', api: definition.api, run: erased(definition.run) };
}

/** A verb for anybody whose token or key is valid, with or without an organisation (routes with access `person`). */
export function callerVerb<const Api extends VerbApi>(definition: {
  readonly api: Api;
  readonly run: (request: Request<Api> & { readonly caller: Caller }) => Answer<Api>;
}): Verb {
  return { audience: 'caller', api: definition.api, run: erased(definition.run) };
}

/** A verb that no authorizer guards (access `public`, `key` or `signed`): what it needs to know it checks itself. */
export function openVerb<const Api extends VerbApi>(definition: {
  readonly api: Api;
  readonly run: (request: Request<Api>) => Answer<Api>;
  readonly explain?: Verb['explain'];
}): Verb {
  const { api, run, explain } = definition;
  return { audience: 'open', api, run: erased(run), ...(explain && { explain }) };
}

/** Forgets the types of the schemas; the router calls it only with what these very schemas produced. */
const erased = (run: (request: never) => Promise<unknown>): Verb['run'] => run as Verb['run'];
