import { router } from '../edge/router.ts';
import { createIntegration } from './create-integration.http.ts';
import { deleteIntegration } from './delete-integration.http.ts';
import { listIntegrations } from './list-integrations.http.ts';

/** The REST verbs of alerts in one Lambda; receiving has its own. */
export const handler = router('Alerts', {
  'list-integrations': listIntegrations,
  'create-integration': createIntegration,
  'delete-integration': deleteIntegration,
});
