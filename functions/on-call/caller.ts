import type { Ctx } from '../../shared/kernel/index.ts';

/** Whoever asks, as the configuration knows them: by their id, else by their address. */
export function callerIn(
  { actor }: Ctx,
  known: readonly { readonly id: string; readonly email?: string | undefined }[],
): string {
  const email = known.find(({ id }) => id === actor.id)?.email?.toLowerCase();
  const same = known.find((one) => email !== undefined && one.email?.toLowerCase() === email);
  return same?.id ?? actor.id;
}
