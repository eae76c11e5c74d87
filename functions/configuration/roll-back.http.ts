import { configurationApi } from '../../shared/configuration/api.ts';
import { mutesOtherwise, touchedBy, withShadowSince } from '../../shared/configuration/index.ts';
import { Refusal, toText } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration, replaceConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reach } from '../edge/reach.ts';
import { verb } from '../edge/verb.ts';
import { toAnswer } from './answer.ts';
import { changedFrom, outdated } from './in-force.ts';
import { knownVersion } from './known-version.ts';
import { refuseLarge } from './refuse-large.ts';

/** Puts an earlier version in force again, unless somebody else was faster. */
export const rollBack = verb({
  api: configurationApi['roll-back'],
  run: async ({ ctx: { org, actor }, body: { version, reason }, headers }) => {
    const from = changedFrom(headers);
    const [inForce, { configuration, leftOut }] = await allDone([
      loadConfiguration(org, tellLeftOut),
      knownVersion(org, version, 'body.version'),
    ]);
    if (inForce.version !== from) throw outdated(from);
    if (leftOut.length > 0) throw new Refusal('conflict', notWhole(version, leftOut), 'body.version');
    const at = clock.now();
    const whole = withShadowSince(inForce.body, configuration, toText(at));
    refuseLarge(whole);
    const touched = touchedBy(inForce.body, whole);
    const note = {
      ...{ at, actor, reason, restores: version, touched },
      mutesOtherwise: mutesOtherwise(inForce.body, whole),
    };
    const replaced = await replaceConfiguration(org, from, whole, note);
    if (replaced) return toAnswer(replaced, await reach(whole.people.map(({ email }) => email)));
    throw outdated(from);
  },
});

const notWhole = (version: number, [first, ...more]: readonly string[]): string =>
  `Version ${version} has parts that this version of the program does not understand: ${first}` +
  `${more.length > 0 ? `, and ${more.length} more` : ''}. Send what you want of it with PUT /api/config.`;
