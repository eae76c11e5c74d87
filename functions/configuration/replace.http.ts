import { configurationApi } from '../../shared/configuration/api.ts';
import { wholeOf } from '../../shared/configuration/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reach } from '../edge/reach.ts';
import { verb } from '../edge/verb.ts';
import { toReplaced } from './answer.ts';
import { changedFrom } from './in-force.ts';
import { loadOddities } from './oddities.ts';
import { putInForce } from './put-in-force.ts';
import { refuseDearer } from './refuse-dearer.ts';
import { refuseForgotten } from './refuse-forgotten.ts';
import { refuseToLose } from './refuse-to-lose.ts';

/** Replaces the configuration, unless somebody else was faster. */
export const replace = verb({
  api: configurationApi.replace,
  run: async ({ ctx, body, headers, query }) => {
    const from = changedFrom(headers);
    const [inForce, warningsOf] = await allDone([
      loadConfiguration(ctx.org, tellLeftOut),
      loadOddities(ctx.org),
    ]);
    // Of another version nothing is compared: the change is refused below.
    if (inForce.version === from) {
      refuseForgotten(body, inForce);
      refuseDearer(wholeOf(body), inForce.body, 'body');
      if (query.dropLeftOut === 'false') refuseToLose(inForce);
    }
    const why = query.reason === undefined ? {} : { reason: query.reason };
    const replaced = await putInForce(ctx, { inForce, from, wanted: wholeOf(body), why });
    const mail = await reach(replaced.body.people.map(({ email }) => email));
    return toReplaced(inForce, replaced, headers, { mail, warnings: warningsOf(replaced.body) });
  },
});
