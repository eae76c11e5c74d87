import { phases, type Resource, type ResourceKind, type Running, type World } from './resource.ts';

/** A resource together with its kind. */
export interface Startable {
  readonly kind: ResourceKind;
  readonly resource: Resource;
}

/**
 * Starts everything, phase after phase, what belongs to one phase at once. The result stops it in reverse order.
 * When one fails to start, the others are stopped and the error names it.
 */
export async function startAll(startables: readonly Startable[], world: World): Promise<Running> {
  const running: Running[][] = [];
  const stop = async () => {
    for (const phase of running.splice(0).reverse()) await Promise.all(phase.map((one) => one.stop()));
  };
  for (const phase of phases) {
    const started = await Promise.allSettled(
      startables.filter(({ kind }) => kind.phase === phase).map((one) => startOne(one, world)),
    );
    running.push(
      started.flatMap((one) => (one.status === 'fulfilled' && one.value !== undefined ? one.value : [])),
    );
    const failed = started.find((one) => one.status === 'rejected');
    if (failed === undefined) continue;
    await stop();
    throw failed.reason;
  }
  return { stop };
}

async function startOne({ kind, resource }: Startable, world: World): Promise<Running | undefined> {
  try {
    return await kind.start?.(resource, world);
  } catch (error) {
    throw new Error(`${world.place(resource.id)} does not start: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
