import { Refusal } from '../../shared/kernel/index.ts';
import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { loadPostmortem, postmortemOfIncident } from '../aws/postmortem-log.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { actionsOf } from './actions.ts';
import { shown } from './found.ts';

/** The post-mortem of an incident. */
export const getOfIncident = verb({
  api: postmortemsApi['get-of-incident'],
  run: async ({ ctx: { org }, params: { id } }) => {
    await visibleIncident(org, id);
    const postmortem = await loadPostmortem(org, postmortemOfIncident(org, id));
    if (!postmortem) {
      throw new Refusal(
        'not_found',
        'This incident has no post-mortem yet; POST to the same address generates it.',
        'path.id',
      );
    }
    return shown(200, { postmortem, actions: await actionsOf(org, id) });
  },
});
