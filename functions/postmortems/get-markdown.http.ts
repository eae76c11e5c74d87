import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { documentMarkdown, documentOf } from '../../shared/postmortems/index.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { found } from './found.ts';

/** A post-mortem as Markdown. */
export const getMarkdown = verb({
  api: postmortemsApi['get-markdown'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const { postmortem, actions } = await found(org, id);
    const type = { 'content-type': 'text/markdown; charset=utf-8' };
    return reply(200, documentMarkdown(documentOf(postmortem, actions)), type);
  },
});
