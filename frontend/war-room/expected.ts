import type { ActionPart, Pending } from '../../shared/war-room/index.ts';

/** The actions as they will be when what is on its way is recorded: a box that is ticked is ticked at once. */
export function expected(actions: readonly ActionPart[], outbox: readonly Pending[]): readonly ActionPart[] {
  return outbox.reduce((known, { frame, refused }) => {
    if (frame.type !== 'action.change' || refused !== undefined) return known;
    const { action, done, due } = frame;
    const change = { ...(done !== undefined && { done }), ...(due !== undefined && { due }) };
    return known.map((one) => (one.action === action ? { ...one, ...change } : one));
  }, actions);
}
