import type { Incident } from '../../shared/incidents/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { proposalsOf, sourcesOf, viewInternal } from '../../shared/status/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { loadPage, pageOfOrganisation } from '../aws/page-log.ts';
import { setting } from '../aws/settings.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { pageAddress } from './place.ts';

/** The page as members see it, with what the organisation's incidents propose to tell. */
export const get = verb({
  api: statusApi.get,
  run: async ({ ctx: { org } }) => {
    const [{ page, root, state }, open] = await allDone([
      loadPage(org, pageOfOrganisation(org)),
      listOpen(org),
    ]);
    const others = sourcesOf(state).filter((id) => !open.some((incident) => incident.id === id));
    const sources = await allDone(others.map((id) => loadIncident(org, id)));
    const incidents: readonly Incident[] = [...open, ...sources.filter((one) => one !== undefined)];
    const answer = {
      ...viewInternal(state, { id: page, now: clock.now() }),
      proposals: proposalsOf(state, incidents),
      ...(root !== undefined && { address: pageAddress(setting('statusUrl'), { page, root }) }),
    };
    return reply(200, answer, { etag: `"${state.version}"` });
  },
});
