import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { verb } from '../edge/verb.ts';
import { found, shown } from './found.ts';

/** One post-mortem. */
export const get = verb({
  api: postmortemsApi.get,
  run: async ({ ctx: { org }, params: { id } }) => shown(200, await found(org, id)),
});
