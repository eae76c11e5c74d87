import { configurationApi } from '../../shared/configuration/api.ts';
import { usualPlace } from '../../shared/configuration/index.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { changeEntries, refuseOtherId, withEntry } from './entries.ts';

/** Puts one rule in force: in place of the one of its id, or as a new one. */
export const putRule = verb({
  api: configurationApi['put-rule'],
  run: async ({ ctx, headers, query, body, params: { id } }) => {
    refuseOtherId(id, body);
    const changed = await changeEntries({ ctx, headers, query }, 'rules', (rules) =>
      withEntry(rules, body, query.place ?? usualPlace(rules, body)),
    );
    const { version, body: after, brought } = changed;
    const place = after.rules.findIndex((rule) => rule.id === id);
    const rule = after.rules[place] ?? body;
    return reply(
      200,
      { version, place, rule, ...(brought && { warnings: brought }) },
      { etag: `"${version}"` },
    );
  },
});
