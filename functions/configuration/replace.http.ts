import { configurationApi } from '../../shared/configuration/api.ts';
import { mutesOtherwise, touchedBy, wholeOf, withShadowSince } from '../../shared/configuration/index.ts';
import { Refusal, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { type LoadedConfiguration, loadConfiguration, replaceConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reach } from '../edge/reach.ts';
import { verb } from '../edge/verb.ts';
import { toAnswer } from './answer.ts';
import { changedFrom, outdated } from './in-force.ts';
import { refuseForgotten } from './refuse-forgotten.ts';
import { refuseLarge } from './refuse-large.ts';

/** Replaces the configuration, unless somebody else was faster. */
export const replace = verb({
  api: configurationApi.replace,
  run: async ({ ctx, body, headers, query }) => {
    const from = changedFrom(headers);
    const inForce = await loadConfiguration(ctx.org, tellLeftOut);
    // Of another version nothing is compared: the change is refused below.
    if (inForce.version === from) {
      refuseForgotten(body, inForce);
      if (query.dropLeftOut === 'false') refuseToLose(inForce);
    }
    const at = clock.now();
    const whole = withShadowSince(inForce.body, wholeOf(body), toText(at));
    refuseLarge(whole);
    const { reason } = query;
    const touched = touchedBy(inForce.body, whole);
    const note = {
      ...{ at, actor: ctx.actor, touched, mutesOtherwise: mutesOtherwise(inForce.body, whole) },
      ...(reason !== undefined && { reason }),
    };
    const replaced = await replaceConfiguration(ctx.org, from, whole, note);
    if (replaced !== undefined) {
      const mail = await reach(whole.people.map(({ email }) => email));
      return toAnswer(replaced, mail);
    }
    throw outdated(from);
  },
});

/** Parts that a refusal names. */
const MOST_NAMED = 5;

/** Refuses a change of what this program understands only in part: it would destroy the rest. */
function refuseToLose({ version, leftOut }: LoadedConfiguration): void {
  if (leftOut.length === 0) return;
  const more = leftOut.length > MOST_NAMED ? `, and ${leftOut.length - MOST_NAMED} more` : '';
  throw new Refusal(
    'conflict',
    `Version ${version} has parts that this version of the program does not understand and would lose: ` +
      `${leftOut.slice(0, MOST_NAMED).join(', ')}${more}. Change it with the version of the program that stored it, ` +
      'or repeat this with ?dropLeftOut=true to lose them.',
  );
}
