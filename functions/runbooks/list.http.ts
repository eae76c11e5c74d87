import { runbooksApi } from '../../shared/runbooks/api.ts';
import { listRunbooks } from '../aws/runbooks.ts';
import { verb } from '../edge/verb.ts';
import { viewRow } from './view-row.ts';

/** All runbooks, by their titles. */
export const list = verb({
  api: runbooksApi.list,
  run: async ({ ctx }) => {
    const rows = await listRunbooks(ctx.org);
    return { items: [...rows].sort((a, b) => a.title.localeCompare(b.title, 'en')).map(viewRow) };
  },
});
