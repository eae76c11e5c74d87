import { Refusal, toText } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { listVersions } from '../aws/runbooks.ts';
import { verb } from '../edge/verb.ts';

/** The saved versions of a runbook, with author and date. */
export const versions = verb({
  api: runbooksApi['list-versions'],
  run: async ({ ctx, params: { id } }) => {
    const saved = await listVersions(ctx.org, id);
    if (saved.length === 0) throw new Refusal('not_found', `There is no runbook '${id}' here.`, 'path.id');
    return {
      items: saved.map(({ revision, runbook: { version }, savedAt, savedBy, removed }) => ({
        ...{ revision, version, savedAt: toText(savedAt), savedBy },
        ...(removed && { removed }),
      })),
    };
  },
});
