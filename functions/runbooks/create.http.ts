import { Refusal } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import {
  refuseTooLarge,
  refuseTooMany,
  type SavedRunbook,
  viewRunbook,
} from '../../shared/runbooks/index.ts';
import { countOthers, loadRunbook, saveRunbook } from '../aws/runbooks.ts';
import { setting } from '../aws/settings.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** Ids that are paths of other things. */
const taken = new Set(['clusters', 'new']);

/** Saves a new runbook. The same request again, under its Idempotency-Key, finds what it saved. */
export const create = verb({
  api: runbooksApi.create,
  run: async ({ ctx, body, attempt }) => {
    if (taken.has(body.id)) throw new Refusal('invalid', `'${body.id}' is no name for a runbook.`, 'body.id');
    refuseTooLarge(body);
    refuseTooMany(await countOthers(ctx.org, body.id));
    const saved =
      (await saveRunbook(ctx.org, body, { actor: ctx.actor, at: attempt.at, from: undefined })) ??
      (await ours(await loadRunbook(ctx.org, body.id), attempt.at, body.id));
    return reply(201, viewRunbook(saved), {
      etag: `"${saved.revision}"`,
      location: `${setting('publicUrl')}/api/runbooks/${body.id}`,
    });
  },
});

async function ours(there: SavedRunbook | undefined, at: number, id: string): Promise<SavedRunbook> {
  if (there?.revision === 1 && there.savedAt === at) return there;
  if (there?.removed)
    throw new Refusal(
      'conflict',
      `There was a runbook '${id}', which was removed; bring it back by POST /api/runbooks/${id}/restore, then change it.`,
      'body.id',
    );
  throw new Refusal(
    'conflict',
    `There is a runbook '${id}' already; change it by PUT, with If-Match.`,
    'body.id',
  );
}
