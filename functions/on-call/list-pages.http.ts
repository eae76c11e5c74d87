import { onCallApi } from '../../shared/on-call/api.ts';
import { comparePages, viewPage } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { deliveriesOf } from '../aws/delivery-intents.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';

/** Who was told of an incident, and what became of it: what an operator looks at when nobody came. */
export const listPages = verb({
  api: onCallApi['list-pages'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const [incident, pages] = await allDone([visibleIncident(org, id), deliveriesOf(org, id)]);
    const told = pages.map(viewPage).toSorted(comparePages);
    const { generation: current } = incident;
    return {
      generation: current,
      items: told.filter(({ generation }) => generation === current),
      ...(current > 1 && { before: told.filter(({ generation }) => generation < current) }),
    };
  },
});
