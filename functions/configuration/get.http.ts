import { configurationApi } from '../../shared/configuration/api.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { toAnswer } from './answer.ts';

/** The configuration in force. */
export const getConfiguration = verb({
  api: configurationApi.get,
  run: async ({ ctx }) => toAnswer(await loadConfiguration(ctx.org, tellLeftOut)),
});
