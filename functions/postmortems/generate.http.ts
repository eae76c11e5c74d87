import { Refusal } from '../../shared/kernel/index.ts';
import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { generate as generated, templateFor } from '../../shared/postmortems/index.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { commandPostmortem, postmortemOfIncident } from '../aws/postmortem-log.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { actionsOf } from './actions.ts';
import { shown } from './found.ts';
import { gather } from './gather.ts';

/** Generates the post-mortem of an incident, or generates it anew; what people wrote in it stays. */
export const generate = verb({
  api: postmortemsApi.generate,
  run: async ({ ctx: { org, actor }, params: { id }, body, cause }) => {
    const now = clock.now();
    const incident = await visibleIncident(org, id);
    const { postmortemTemplates } = (await loadConfiguration(org, tellLeftOut)).body;
    const template = templateFor(incident, postmortemTemplates, body.template);
    if (!template) {
      const ids = [...postmortemTemplates.map((one) => one.id), 'default'].join(', ');
      throw new Refusal(
        'invalid',
        `There is no template '${body.template}'; there are ${ids}.`,
        'body.template',
      );
    }
    const content = generated(await gather(incident, now), template);
    const command = { do: 'generate', incident: id, content } as const;
    const postmortem = await commandPostmortem(org, postmortemOfIncident(org, id), [command], {
      actor,
      now,
      cause,
    });
    return shown(201, { postmortem, actions: await actionsOf(org, id) });
  },
});
