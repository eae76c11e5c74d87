import { configurationApi } from '../../shared/configuration/api.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { replaceConfiguration } from '../aws/configuration.ts';
import { versionIn } from '../edge/if-match.ts';
import { verb } from '../edge/verb.ts';
import { toAnswer } from './answer.ts';

/** Replaces the configuration, unless somebody else was faster. */
export const replace = verb({
  api: configurationApi.replace,
  run: async ({ ctx, body, headers }) => {
    const from = versionIn(headers);
    if (from === undefined) {
      throw new Refusal(
        'precondition',
        'Send If-Match with the version that the change was made from: the ETag of GET /api/config.',
        'header.if-match',
      );
    }
    const by = { actor: ctx.actor, at: clock.now() };
    const replaced = await replaceConfiguration(ctx.org, from, body, by);
    if (replaced !== undefined) return toAnswer(replaced);
    throw new Refusal(
      'precondition',
      `Version ${from} is not in force any more; read the configuration again and repeat the change.`,
      'header.if-match',
    );
  },
});
