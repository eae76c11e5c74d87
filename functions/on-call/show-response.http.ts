import { onCallApi } from '../../shared/on-call/api.ts';
import { openVerb } from '../edge/verb.ts';
import { openLink } from './open-link.ts';
import { pageReply } from './page.ts';

/** Shows what the link of a page is about. Mail scanners open every link, so this changes nothing. */
export const showResponse = openVerb({
  api: onCallApi['show-response'],
  run: async ({ params }) => {
    const opened = await openLink(params.token);
    if ('page' in opened) return pageReply(opened.page);
    return pageReply({ show: 'question', incident: opened.incident, name: opened.person.name });
  },
});
