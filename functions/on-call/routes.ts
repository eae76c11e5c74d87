import { router } from '../edge/router.ts';
import { getOnCall } from './get-on-call.http.ts';
import { listPages } from './list-pages.http.ts';
import { respond } from './respond.http.ts';
import { showResponse } from './show-response.http.ts';

export const handler = router('OnCall', {
  'show-response': showResponse,
  respond,
  'list-pages': listPages,
  'get-on-call': getOnCall,
});
