import { Refusal } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { refuseTooLarge, viewRunbook } from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { presentRunbook, saveRunbook } from '../aws/runbooks.ts';
import { versionIn } from '../edge/if-match.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** Saves the next version of a runbook, unless somebody else was faster. */
export const replace = verb({
  api: runbooksApi.replace,
  run: async ({ ctx, params: { id }, body, headers }) => {
    if (body.id !== id)
      throw new Refusal('invalid', `The body is of '${body.id}', the path of '${id}'.`, 'body.id');
    refuseTooLarge(body);
    const expected = versionIn(headers);
    const from = await presentRunbook(ctx.org, id);
    if (expected === undefined || expected === from.revision) {
      const saved = await saveRunbook(ctx.org, body, { actor: ctx.actor, at: clock.now(), from });
      if (saved !== undefined) return reply(200, viewRunbook(saved), { etag: `"${saved.revision}"` });
    }
    throw new Refusal(
      'precondition',
      `The runbook is at revision ${from.revision}${expected === undefined ? '' : `, not ${expected}`}; read it again, then repeat the change.`,
      'header.if-match',
    );
  },
});
