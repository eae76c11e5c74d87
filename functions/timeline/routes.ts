import { router } from '../edge/router.ts';
import { getTimeline } from './get-timeline.http.ts';

export const handler = router('Timeline', { 'get-timeline': getTimeline });
