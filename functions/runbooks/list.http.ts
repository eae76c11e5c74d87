import { runbooksApi } from '../../shared/runbooks/api.ts';
import { listRunbooks } from '../aws/runbooks.ts';
import { verb } from '../edge/verb.ts';
import { viewRow } from './view-row.ts';

/** All runbooks, by their titles, or those that were removed. */
export const list = verb({
  api: runbooksApi.list,
  run: async ({ ctx, query: { removed } }) => {
    const rows = await listRunbooks(ctx.org, removed === 'true' ? 'removed' : 'there');
    return { items: [...rows].sort((a, b) => a.title.localeCompare(b.title, 'en')).map(viewRow) };
  },
});
