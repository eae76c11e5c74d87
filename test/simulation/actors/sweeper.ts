import { type Duration, type Instant, MINUTE } from '../../../shared/kernel/index.ts';
import { BEGIN } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

/**
 * The clock that starts the sweep: rarer than on AWS, where it is once a minute, since most sweeps find nothing and cost much. So it
 * meets workers more rarely here than there; and still comes before the 14 minutes within which it must send a step.
 */
export class Sweeper implements Actor {
  private readonly every: Duration = 10 * MINUTE;
  private readonly world: World;
  private at: Instant = BEGIN + 30_000;

  constructor(world: World) {
    this.world = world;
  }

  ready(): number {
    return this.at <= this.world.clock && this.world.fleet.hasRoom('Sweep') ? 1 : 0;
  }

  due(): Instant {
    return this.at;
  }

  act(): void {
    this.at = this.world.clock + this.every;
    this.world.fleet.invoke('Sweep', { event: {}, ended: () => undefined });
  }
}
