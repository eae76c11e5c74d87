import type { Instant } from '../../../shared/kernel/index.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

/** How likely it is that an environment dies at a step, while some are still to die. */
const SHARE = 0.012;

/** How many times as likely while one takes a step, between whose write and messages there is but a moment. */
const STEPPING = 4;

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
    const share = this.stepping().length > 0 ? STEPPING * SHARE : SHARE;
    return this.left > 0 && fleet.running.length > 0 && random.chance(share) ? 1 : 0;
  }

  due(): Instant {
    return Number.POSITIVE_INFINITY;
  }

  act(): void {
    this.left--;
    const { fleet, random } = this.world;
    const stepping = this.stepping();
    fleet.kill(random.pick(stepping.length > 0 ? stepping : fleet.running), 'killed');
  }

  private stepping() {
    return this.world.fleet.running.filter(({ environment }) => environment.name === 'Escalate');
  }

  rest(): void {
    this.left = 0;
  }
}
