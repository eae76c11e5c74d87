import { configurationApi } from '../../shared/configuration/api.ts';
import { wholeOf } from '../../shared/configuration/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { type LoadedConfiguration, loadConfiguration, replaceConfiguration } from '../aws/configuration.ts';
import { versionIn } from '../edge/if-match.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reach } from '../edge/reach.ts';
import { verb } from '../edge/verb.ts';
import { toAnswer } from './answer.ts';
import { refuseForgotten } from './refuse-forgotten.ts';

/** Replaces the configuration, unless somebody else was faster. */
export const replace = verb({
  api: configurationApi.replace,
  run: async ({ ctx, body, headers, query }) => {
    const from = versionIn(headers);
    if (from === undefined) {
      throw new Refusal(
        'precondition',
        'Send If-Match with the version that the change was made from: the ETag of GET /api/config.',
        'header.if-match',
      );
    }
    const inForce = await loadConfiguration(ctx.org, tellLeftOut);
    // Of another version nothing is compared: the change is refused below.
    if (inForce.version === from) {
      refuseForgotten(body, inForce);
      if (query.dropLeftOut === 'false') refuseToLose(inForce);
    }
    const by = { actor: ctx.actor, at: clock.now() };
    const whole = wholeOf(body);
    const replaced = await replaceConfiguration(ctx.org, from, whole, by);
    if (replaced !== undefined) {
      const mail = await reach(whole.people.map(({ email }) => email));
      return toAnswer(replaced, mail);
    }
    throw new Refusal(
      'precondition',
      `Version ${from} is not in force any more; read the configuration again and repeat the change.`,
      'header.if-match',
    );
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
