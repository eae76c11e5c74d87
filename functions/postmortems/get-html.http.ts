import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { documentHtml, documentOf, titleOf } from '../../shared/postmortems/index.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { drawingFor } from './drawn.ts';
import { found } from './found.ts';

/** Nothing is loaded or run; a page that is opened from its file keeps to it as well. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A post-mortem as one page of HTML. */
export const getHtml = verb({
  api: postmortemsApi['get-html'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const { postmortem, actions, incident } = await found(org, id);
    const title = titleOf(postmortem);
    const html = documentHtml(documentOf(postmortem, actions), title, await drawingFor(incident, postmortem));
    return reply(200, html, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
  },
});
