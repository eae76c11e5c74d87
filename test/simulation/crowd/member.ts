import type { IncidentId, Instant, PersonId } from '../../../shared/kernel/index.ts';
import {
  type ClientEvent,
  type ClientFrame,
  newClient,
  type RoomClient,
  type ServerMessage,
  stepClient,
  wakeAt,
} from '../../../shared/war-room/index.ts';

/** What a member needs of the world around it. */
export interface Line {
  now(): Instant;
  at(time: Instant, run: () => void): void;
  /** Opens a connection; the member hears of it. */
  open(member: Member): void;
  say(member: Member, frame: ClientFrame): void;
}

/** Somebody in a room, who does what the client of browsers does. */
export class Member {
  client: RoomClient;
  readonly person: PersonId;
  readonly name: string;
  /** The connection that is open, named anew each time. */
  connection: string | undefined;
  readonly #luck: number;
  readonly #line: Line;
  #wake = Number.POSITIVE_INFINITY;

  constructor(
    incident: IncidentId,
    { person, name }: { person: PersonId; name: string },
    luck: number,
    line: Line,
  ) {
    this.client = newClient(incident);
    this.person = person;
    this.name = name;
    this.#luck = luck;
    this.#line = line;
  }

  happen(event: ClientEvent): void {
    const now = this.#line.now();
    const [client, effects] = stepClient(this.client, event, { now, luck: this.#luck });
    this.client = client;
    for (const effect of effects) {
      if (effect.do === 'open') this.#line.open(this);
      if (effect.do === 'close') this.connection = undefined;
      if (effect.do === 'send') this.#line.say(this, effect.frame);
    }
    this.#sleep();
  }

  hear(frame: ServerMessage): void {
    this.happen({ is: 'heard', frame });
  }

  /** One alarm at a time, the earliest. */
  #sleep(): void {
    const wake = Math.max(wakeAt(this.client, this.#luck), this.#line.now());
    if (wake >= this.#wake || !Number.isFinite(wake)) return;
    this.#wake = wake;
    this.#line.at(wake, () => {
      if (this.#wake !== wake) return;
      this.#wake = Number.POSITIVE_INFINITY;
      if (wakeAt(this.client, this.#luck) <= this.#line.now()) this.happen({ is: 'time' });
      else this.#sleep();
    });
  }
}
