import { type Action, authorise, type Ctx, Refusal } from '../../shared/kernel/index.ts';
import { roleNow } from '../aws/organisations.ts';

/** The caller with the role that they have now: a ticket is up to two hours old. Refuses with `unauthenticated` who has none. */
export async function rightsOf(ctx: Ctx, action: Action): Promise<Ctx> {
  const role = await roleNow(ctx.org, ctx.actor);
  if (role === undefined)
    throw new Refusal('unauthenticated', 'You do not belong to this organisation any more.');
  const now = { ...ctx, role };
  authorise(now, action);
  return now;
}
