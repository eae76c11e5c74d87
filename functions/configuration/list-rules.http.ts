import { configurationApi } from '../../shared/configuration/api.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';

/** The rules in force. */
export const listRules = verb({
  api: configurationApi['list-rules'],
  run: async ({ ctx: { org } }) => {
    const { version, body } = await loadConfiguration(org, tellLeftOut);
    return { version, items: body.rules };
  },
});
