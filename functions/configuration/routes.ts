import { router } from '../edge/router.ts';
import { getConfiguration } from './get.http.ts';
import { plan } from './plan.http.ts';
import { replace } from './replace.http.ts';

/** The REST verbs of configuration. */
export const handler = router('Configuration', { get: getConfiguration, plan, replace });
