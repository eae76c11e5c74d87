import { decidingIn } from '../../shared/configuration/index.ts';
import { USUAL_STORM_LIMIT } from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { type LoadedConfiguration, loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import type { Rules, RulesSource } from './ports.ts';

const last = new Map<OrganisationId, Rules>();
const MOST = 1_000;

const unset: Rules = { version: 0, rules: [], stormLimit: USUAL_STORM_LIMIT };

/** The rules of the configuration, of which the last version seen stays in the warm process. */
export const configuredRules: RulesSource = {
  known: (org) => last.get(org) ?? unset,
  async inForce(org) {
    return keep(org, await loadConfiguration(org, tellLeftOut));
  },
  async read(org, head) {
    if (head === undefined) return unset;
    return keep(org, await loadConfiguration(org, tellLeftOut, head));
  },
};

function keep(org: OrganisationId, { version, body }: LoadedConfiguration): Rules {
  if (last.size >= MOST) last.clear();
  const { signalDays } = body.detection;
  const inForce = { version, signalDays, ...decidingIn(body) };
  last.set(org, inForce);
  return inForce;
}
