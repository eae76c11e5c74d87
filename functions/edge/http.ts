import middy from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { replyToError } from './errors.ts';
import { templateOf } from './match.ts';
import { type HttpResult, type Reply, toResult } from './reply.ts';

/** What every answer carries unless its verb says otherwise: nothing here is a page that others may frame, guess or keep. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** A Lambda behind the REST API. Whatever is thrown becomes an answer here, and only here. */
export function http(
  run: (event: APIGatewayProxyEvent) => Promise<Reply>,
  headersFor: (event: APIGatewayProxyEvent) => Readonly<Record<string, string>> = () => ({}),
) {
  return middy<APIGatewayProxyEvent, HttpResult>()
    .use({
      after: function secure(request) {
        secured(request.response, headersFor(request.event));
      },
      onError: function answer(request) {
        const { requestId } = request.event.requestContext;
        request.response = toResult(replyToError(request.error, requestId, templateOf(request.event)));
        secured(request.response, headersFor(request.event));
      },
    })
    .handler(async (event: APIGatewayProxyEvent) => toResult(await run(event)));
}

function secured(result: HttpResult | null | undefined, more: Readonly<Record<string, string>>): void {
  if (result) result.headers = { ...securityHeaders, ...more, ...result.headers };
}
