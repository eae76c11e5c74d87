import { configurationApi } from '../../shared/configuration/api.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reach } from '../edge/reach.ts';
import { verb } from '../edge/verb.ts';
import { toReplaced } from './answer.ts';
import { changedFrom, outdated } from './in-force.ts';
import { knownVersion } from './known-version.ts';
import { loadOddities } from './oddities.ts';
import { putInForce } from './put-in-force.ts';

/** Puts an earlier version in force again, unless somebody else was faster. */
export const rollBack = verb({
  api: configurationApi['roll-back'],
  run: async ({ ctx: { org, actor }, body: { version, reason }, headers }) => {
    const from = changedFrom(headers);
    const [inForce, { configuration, leftOut }, warningsOf] = await allDone([
      loadConfiguration(org, tellLeftOut),
      knownVersion(org, version, 'body.version'),
      loadOddities(org),
    ]);
    if (inForce.version !== from) throw outdated(from);
    if (leftOut.length > 0) throw new Refusal('conflict', notWhole(version, leftOut), 'body.version');
    const why = { reason, restores: version };
    const replaced = await putInForce({ org, actor }, { inForce, from, wanted: configuration, why });
    const mail = await reach(replaced.body.people.map(({ email }) => email));
    return toReplaced(inForce, replaced, headers, { mail, warnings: warningsOf(replaced.body) });
  },
});

const notWhole = (version: number, [first, ...more]: readonly string[]): string =>
  `Version ${version} has parts that this version of the program does not understand: ${first}` +
  `${more.length > 0 ? `, and ${more.length} more` : ''}. Send what you want of it with PUT /api/config.`;
