import type { Incident } from '../../shared/incidents/index.ts';
import { type Cause, Refusal } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import type { Person, ResponseLink, ResponsePage } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { command, loadIncident } from '../aws/incident-log.ts';
import { openVerb } from '../edge/verb.ts';
import { openLink } from './open-link.ts';
import { pageReply } from './page.ts';

/** Acknowledges as the person whom the link was sent to. Used again, it shows how things stand. */
export const respond = openVerb({
  api: onCallApi.respond,
  run: async ({ params, cause }) => {
    const opened = await openLink(params.token);
    if ('page' in opened) return pageReply(opened.page);
    const { link, incident, person } = opened;
    if (incident.state !== 'triggered') return pageReply({ show: 'outcome', incident, by: 'before' });
    return pageReply(await acknowledge(link, person, cause));
  },
});

async function acknowledge(link: ResponseLink, { id, name }: Person, cause: Cause): Promise<ResponsePage> {
  const { org, incident: inc, generation } = link;
  const actor = { kind: 'person', id, name } as const;
  try {
    const wanted = { do: 'acknowledge', generation } as const;
    const { incident, facts } = await command(org, inc, wanted, { actor, now: clock.now(), cause });
    return pageOf(incident, generation, facts.length > 0 ? 'this-answer' : 'before');
  } catch (error) {
    // Resolved between the look and the answer.
    if (!(error instanceof Refusal) || error.code !== 'conflict') throw error;
    return pageOf(await loadIncident(org, inc), generation, 'before');
  }
}

function pageOf(
  incident: Incident | undefined,
  generation: number,
  by: 'this-answer' | 'before',
): ResponsePage {
  if (incident?.generation !== generation) return { show: 'over' };
  return { show: 'outcome', incident, by };
}
