import type { Duration, Instant } from '../../../shared/kernel/index.ts';
import { BEGIN } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

/** TTL: deletes now and then what is over by its own time, some of it later; in some runs nothing. */
export class Expiry implements Actor {
  private at: Instant;
  private readonly every: Duration;
  private readonly world: World;

  constructor(every: Duration, world: World) {
    this.every = every;
    this.world = world;
    this.at = every === 0 ? Number.POSITIVE_INFINITY : BEGIN + every;
  }

  ready(): number {
    return this.at <= this.world.clock ? 1 : 0;
  }

  /** Nothing waits for it. */
  due(): Instant {
    return Number.POSITIVE_INFINITY;
  }

  act(): void {
    this.at = this.world.clock + this.every;
    const gone = this.world.table.expire();
    for (let count = 0; count < gone; count++) this.world.tally('expired');
  }
}
