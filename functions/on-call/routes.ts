import { router } from '../edge/router.ts';
import { respond } from './respond.http.ts';
import { showResponse } from './show-response.http.ts';

export const handler = router('OnCall', { 'show-response': showResponse, respond });
