import { configurationApi } from '../../shared/configuration/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { changeEntries, withoutEntry } from './entries.ts';

/** Takes one rule out of force. */
export const removeRule = verb({
  api: configurationApi['remove-rule'],
  run: async ({ ctx, headers, query, params: { id } }) => {
    const { version } = await changeEntries({ ctx, headers, query }, 'rules', (rules) =>
      withoutEntry(rules, id),
    );
    return reply(200, { version }, { etag: `"${version}"` });
  },
});
