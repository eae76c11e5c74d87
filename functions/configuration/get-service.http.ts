import { configurationApi } from '../../shared/configuration/api.ts';
import { didYouMean, Refusal } from '../../shared/kernel/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** A service as the catalogue has it, and which others need it. */
export const getService = verb({
  api: configurationApi['get-service'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const { version, body } = await loadConfiguration(org, tellLeftOut);
    const service = body.services.find((one) => one.id === id);
    if (!service)
      throw new Refusal(
        'not_found',
        `There is no service '${id}' in the catalogue of GET /api/config${
          didYouMean(
            id,
            body.services.map((one) => one.id),
          ) || '.'
        }`,
        'path.id',
      );
    const neededBy = body.services.filter(({ dependsOn }) => dependsOn.includes(id)).map((one) => one.id);
    return reply(200, { version, service, neededBy }, { etag: `"${version}"` });
  },
});
