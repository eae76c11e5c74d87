import { router } from '../edge/router.ts';
import { getAsyncapi } from './get-asyncapi.http.ts';
import { getOpenapi } from './get-openapi.http.ts';

/** The REST verbs about the API itself. */
export const handler = router('Api', { 'get-openapi': getOpenapi, 'get-asyncapi': getAsyncapi });
