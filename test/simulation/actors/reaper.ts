import type { Instant } from '../../../shared/kernel/index.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

/** How likely it is that an environment dies at a step, while some are still to die. */
const SHARE = 0.012;

/** Ends environments in the middle of their work, between any two of their calls. */
export class Reaper implements Actor {
  private left: number;
  private readonly world: World;

  constructor(kills: number, world: World) {
    this.left = kills;
    this.world = world;
  }

  ready(): number {
    const { fleet, random } = this.world;
    return this.left > 0 && fleet.running.length > 0 && random.chance(SHARE) ? 1 : 0;
  }

  due(): Instant {
    return Number.POSITIVE_INFINITY;
  }

  act(): void {
    this.left--;
    const { fleet, random } = this.world;
    fleet.kill(random.pick(fleet.running), 'killed');
  }

  rest(): void {
    this.left = 0;
  }
}
