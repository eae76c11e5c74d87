import type { FactView } from '../../../shared/incidents/index.ts';
import { type IncidentId, type Instant, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import type { ServerMessage } from '../../../shared/war-room/index.ts';
import { ticketed } from '../requests.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

const CONNECTION = 'connection-1';
const TRIES = 5;

/** Somebody who looks at a room: takes facts in the order of their numbers, and asks for what is missing. */
export class Visitor implements Actor {
  /** The facts as they came. */
  readonly seen: FactView[] = [];
  incident: IncidentId | undefined;
  private org = '';
  private tries = 0;
  private isConnected = false;
  private at: Instant;
  private readonly world: World;

  constructor(at: Instant | undefined, world: World) {
    this.at = at ?? Number.POSITIVE_INFINITY;
    this.world = world;
  }

  ready(): number {
    return this.at <= this.world.clock && this.world.fleet.hasRoom(this.isConnected ? 'Message' : 'Connect')
      ? 1
      : 0;
  }

  due(): Instant {
    return this.at;
  }

  act(): void {
    const [first] = this.world.watch.books.incidents.values();
    this.at = Number.POSITIVE_INFINITY;
    if (first === undefined) {
      this.comeAgain();
      return;
    }
    this.incident ??= first.id;
    this.org ||= first.org;
    if (!this.isConnected) {
      this.say('Connect', '');
      return;
    }
    this.ask();
  }

  /** Nothing has happened yet. */
  private comeAgain(): void {
    if (++this.tries < TRIES) this.at = this.world.clock + MINUTE;
  }

  /** Comes back after all is quiet and asks for the rest. */
  comeBack(): void {
    if (this.incident !== undefined) this.at = this.world.clock;
  }

  hear(frame: ServerMessage): void {
    if (frame.type === 'error' && frame.code !== 'internal')
      throw new Violation('I7', 'a room refused', frame);
    if (frame.type === 'error') {
      this.later();
      return;
    }
    if (frame.type !== 'joined' && frame.type !== 'facts') return;
    if (frame.incident !== this.incident) return;
    const { seen } = this;
    for (const fact of frame.facts) {
      if (fact.seq === seen.length + 1) seen.push(fact);
      const known = seen[fact.seq - 1];
      if (known !== undefined && known.id !== fact.id)
        throw new Violation('I7', 'two facts came under one number', { known, fact });
    }
    if (frame.last > seen.length) this.later();
  }

  private ask(): void {
    const join = { v: 1, type: 'join', incident: this.incident, after: this.seen.length };
    this.say('Message', JSON.stringify(join));
  }

  private later(): void {
    this.at = Math.min(this.at, this.world.clock + this.world.random.whole(1, 10) * SECOND);
  }

  private say(name: 'Connect' | 'Message', body: string): void {
    const authorizer = ticketed(this.org as `org_${string}`);
    const requestContext = { connectionId: CONNECTION, requestId: 'frame', routeKey: '$default', authorizer };
    this.world.fleet.invoke(name, {
      event: { requestContext, body, isBase64Encoded: false },
      tenants: new Set([this.org]),
      ended: (end) => {
        const ok =
          end.how === 'answered' && (end.result as { readonly statusCode: number }).statusCode === 200;
        if (!ok) {
          this.later();
          return;
        }
        if (name === 'Message') return;
        this.isConnected = true;
        this.world.connect(CONNECTION);
        this.at = this.world.clock;
      },
    });
  }
}
