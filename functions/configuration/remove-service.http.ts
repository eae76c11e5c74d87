import { configurationApi } from '../../shared/configuration/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { changeEntries, withoutEntry } from './entries.ts';

/** Takes one service out of the catalogue. Its incidents stay. */
export const removeService = verb({
  api: configurationApi['remove-service'],
  run: async ({ ctx, headers, query, params: { id } }) => {
    const { version } = await changeEntries({ ctx, headers, query }, 'services', (services) =>
      withoutEntry(services, id),
    );
    return reply(200, { version }, { etag: `"${version}"` });
  },
});
