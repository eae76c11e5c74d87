import { configurationApi } from '../../shared/configuration/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { changeEntries, refuseOtherId, withEntry } from './entries.ts';

/** Puts one service into the catalogue, or changes what it says of it. */
export const putService = verb({
  api: configurationApi['put-service'],
  run: async ({ ctx, headers, query, body, params: { id } }) => {
    refuseOtherId(id, body);
    const { version, brought } = await changeEntries({ ctx, headers, query }, 'services', (services) =>
      withEntry(services, body),
    );
    return reply(
      200,
      { version, service: body, ...(brought && { warnings: brought }) },
      { etag: `"${version}"` },
    );
  },
});
