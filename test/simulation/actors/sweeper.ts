import type { Instant } from '../../../shared/kernel/index.ts';
import { SWEEPING } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

/** The clock that starts the sweep. Where it stands when a run begins is drawn. */
export class Sweeper implements Actor {
  private readonly world: World;
  private at: Instant;

  constructor(first: Instant, world: World) {
    this.at = first;
    this.world = world;
  }

  ready(): number {
    return this.at <= this.world.clock && this.world.fleet.hasRoom('Sweep') ? 1 : 0;
  }

  due(): Instant {
    return this.at;
  }

  act(): void {
    this.at = this.world.clock + SWEEPING;
    this.world.fleet.invoke('Sweep', { event: {}, ended: () => undefined });
  }
}
