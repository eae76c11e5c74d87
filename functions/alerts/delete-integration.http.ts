import { alertsApi } from '../../shared/alerts/api.ts';
import { allDone } from '../aws/all-done.ts';
import { removeSigningSecret } from '../aws/integration-secrets.ts';
import { verb } from '../edge/verb.ts';
import { changedMeanwhile, loadIntegration, removeIntegration } from './integration-change.ts';

/** Ends an integration: its entry in the list and its doors, all or nothing; then its secrets, which nothing names any more. */
export const deleteIntegration = verb({
  api: alertsApi['delete-integration'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const row = await loadIntegration(org, id);
    if (!(await removeIntegration(org, row))) throw changedMeanwhile();
    const { secrets = [] } = row;
    await allDone(secrets.map(({ version }) => removeSigningSecret({ org, integration: id, version })));
    return undefined;
  },
});
