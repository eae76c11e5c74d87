import { router } from '../edge/router.ts';
import { change } from './change.http.ts';
import { draft } from './draft.http.ts';
import { generate } from './generate.http.ts';
import { get } from './get.http.ts';
import { getHtml } from './get-html.http.ts';
import { getMarkdown } from './get-markdown.http.ts';
import { getOfIncident } from './get-of-incident.http.ts';
import { list } from './list.http.ts';

export const handler = router('Postmortems', {
  list,
  get,
  generate,
  change,
  draft,
  'get-of-incident': getOfIncident,
  'get-markdown': getMarkdown,
  'get-html': getHtml,
});
