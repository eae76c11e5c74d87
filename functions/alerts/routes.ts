import { router } from '../edge/router.ts';
import { createIntegration } from './create-integration.http.ts';
import { deleteIntegration } from './delete-integration.http.ts';
import { listChanges } from './list-changes.http.ts';
import { listIntegrations } from './list-integrations.http.ts';
import { recordChange } from './record-change.http.ts';

/** The REST verbs of alerts in one Lambda; receiving has its own. */
export const handler = router('Alerts', {
  'list-integrations': listIntegrations,
  'create-integration': createIntegration,
  'delete-integration': deleteIntegration,
  'list-changes': listChanges,
  'record-change': recordChange,
});
