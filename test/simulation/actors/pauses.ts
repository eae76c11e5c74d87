import type { Instant } from '../../../shared/kernel/index.ts';
import type { Environment } from '../environment.ts';
import { type Actor, Agenda } from './actor.ts';

interface Pause {
  readonly at: Instant;
  readonly from: Environment;
  readonly over: () => void;
}

/** What environments wait for by the clock. */
export class Pauses implements Actor {
  private agenda = new Agenda<Pause>();
  private readonly world: { readonly clock: Instant; hasMoved: boolean };

  constructor(world: { readonly clock: Instant; hasMoved: boolean }) {
    this.world = world;
  }

  begin(from: Environment, time: number): Promise<void> {
    return new Promise((over) => this.agenda.add({ at: this.world.clock + Math.ceil(time), from, over }));
  }

  ready(): number {
    return this.agenda.due() <= this.world.clock ? 1 : 0;
  }

  due(): Instant {
    return this.agenda.due();
  }

  act(): void {
    this.agenda.take().over();
    this.world.hasMoved = true;
  }

  abandon(from: Environment): void {
    this.agenda = this.agenda.without((pause) => pause.from === from);
  }
}
