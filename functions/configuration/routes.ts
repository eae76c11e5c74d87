import { router } from '../edge/router.ts';
import { getConfiguration } from './get.http.ts';
import { getRule } from './get-rule.http.ts';
import { getService } from './get-service.http.ts';
import { getShadow } from './get-shadow.http.ts';
import { getVersion } from './get-version.http.ts';
import { listRules } from './list-rules.http.ts';
import { listVersions } from './list-versions.http.ts';
import { plan } from './plan.http.ts';
import { putRule } from './put-rule.http.ts';
import { putService } from './put-service.http.ts';
import { removeRule } from './remove-rule.http.ts';
import { removeService } from './remove-service.http.ts';
import { replace } from './replace.http.ts';
import { rollBack } from './roll-back.http.ts';
import { simulate } from './simulate.http.ts';

/** The REST verbs of configuration. */
export const handler = router('Configuration', {
  get: getConfiguration,
  plan,
  replace,
  'list-versions': listVersions,
  'get-version': getVersion,
  'roll-back': rollBack,
  'list-rules': listRules,
  'get-rule': getRule,
  'put-rule': putRule,
  'remove-rule': removeRule,
  'get-service': getService,
  'put-service': putService,
  'remove-service': removeService,
  simulate,
  'get-shadow': getShadow,
});
