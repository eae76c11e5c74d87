import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Caller, ctxOf } from '../../shared/identity/index.ts';
import { idOf, type OrganisationId, type Role } from '../../shared/kernel/index.ts';
import { httpEvent, type TestRequest } from '../support/http-event.ts';
import type { End } from './fleet.ts';
import { BEGIN } from './scenario.ts';

/** The event of a request, each with an id of its own as the gateway gives it. */
export function httpRequest(world: { nextRequest(): number }, request: TestRequest): APIGatewayProxyEvent {
  const event = httpEvent(request);
  const id = `request-${world.nextRequest()}`;
  return {
    ...event,
    requestContext: { ...event.requestContext, requestId: id, extendedRequestId: id },
  };
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a client gets; undefined when no answer came. */
export function parsed(end: End): Answer | undefined {
  if (end.how !== 'answered') return undefined;
  const { statusCode, body } = end.result as { readonly statusCode: number; readonly body: string };
  return { status: statusCode, body: body.startsWith('{') ? JSON.parse(body) : {} };
}

const callerFor = (org: OrganisationId, role: Role): Caller => ({
  kind: 'person',
  issuer: 'https://issuer.example.com',
  subject: 'ann',
  name: 'Ann',
  membership: { org, person: idOf('person', BEGIN, 'ann'), name: 'Ann', role },
});

/** What the authorizer of the REST API says of a person of an organisation. */
export const authorised = (org: OrganisationId, role: Role = 'administrator') => ({
  caller: JSON.stringify(callerFor(org, role)),
});

/** What the authorizer of the socket API says of one. */
export const ticketed = (org: OrganisationId) => ({
  ctx: JSON.stringify(ctxOf(callerFor(org, 'administrator'))),
});
