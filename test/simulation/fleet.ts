import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { type FunctionName, functions, queueTimes } from '../../shared/wiring/index.ts';
import type { Environment } from './environment.ts';

/** What became of an invocation. `died`: nobody knows how far it came. */
export type End =
  | { readonly how: 'answered'; readonly result: unknown }
  | { readonly how: 'failed'; readonly fault: unknown }
  | { readonly how: 'died' };

/** One event that a function handles. */
export interface Invocation {
  readonly environment: Environment;
  readonly began: number;
  readonly deadline: Instant;
  /** The organisations on whose behalf it works; undefined when it works for all. */
  readonly tenants: ReadonlySet<string> | undefined;
  readonly ended: (end: End) => void;
}

interface Order {
  readonly event: unknown;
  readonly tenants?: ReadonlySet<string>;
  readonly ended: (end: End) => void;
}

/** What the fleet needs of the world. */
export interface Ground {
  now(): Instant;
  /** The number of the present step. */
  step(): number;
  start(name: FunctionName, place: number): Environment;
  /** What is under way from an environment that is no more, or stands still, is never answered. */
  gone(environment: Environment): void;
  /** Something went wrong where nobody waits for it. */
  broken(fault: unknown): void;
  told(what: 'began' | 'ended' | 'killed' | 'timed out', invocation: Invocation, end?: End): void;
}

const LIFE: Duration = queueTimes.functionTimeout * SECOND;

/** The environments of all functions: each handles one event at a time, is used again while it is warm, and may die. */
export class Fleet {
  readonly running: Invocation[] = [];
  private readonly idle = new Map<FunctionName, Environment[]>();
  private readonly limits: Readonly<Partial<Record<FunctionName, number>>>;
  private readonly ground: Ground;
  private count = 0;

  constructor(limits: Readonly<Partial<Record<FunctionName, number>>>, ground: Ground) {
    this.limits = limits;
    this.ground = ground;
  }

  /** Whether an event for this function could be handled now. */
  hasRoom(name: FunctionName): boolean {
    let used = 0;
    for (const { environment } of this.running) if (environment.name === name) used++;
    return used < (this.limits[name] ?? 1);
  }

  invoke(name: FunctionName, { event, tenants, ended }: Order): Invocation {
    const environment = this.idle.get(name)?.pop() ?? this.ground.start(name, ++this.count);
    const deadline = this.ground.now() + LIFE;
    const invocation = { environment, began: this.ground.step(), deadline, tenants, ended };
    this.running.push(invocation);
    this.ground.told('began', invocation);
    environment
      .handler(event, this.contextOf(name, deadline))
      .then(
        (result) => this.end(invocation, { how: 'answered', result }),
        (fault: unknown) => this.end(invocation, { how: 'failed', fault }),
      )
      .catch((fault: unknown) => this.ground.broken(fault));
    return invocation;
  }

  /** How much time is left; not for what sits behind the gateway, where a timer of the machine's own would be set by it. */
  private contextOf(name: FunctionName, deadline: Instant): object {
    const isQueue = functions[name].trigger === 'queue';
    return isQueue ? { getRemainingTimeInMillis: () => deadline - this.ground.now() } : {};
  }

  /** Ends an environment in the middle of its work. */
  kill(invocation: Invocation, why: 'killed' | 'timed out'): void {
    if (!this.remove(invocation)) return;
    this.ground.told(why, invocation);
    this.ground.gone(invocation.environment);
    invocation.ended({ how: 'died' });
  }

  /** Ends what has taken too long by this time. */
  expire(now: Instant): void {
    for (const invocation of [...this.running])
      if (invocation.deadline <= now) this.kill(invocation, 'timed out');
  }

  private end(invocation: Invocation, end: End): void {
    if (!this.remove(invocation)) return;
    this.ground.told('ended', invocation, end);
    const { environment } = invocation;
    const resting = this.idle.get(environment.name) ?? [];
    this.idle.set(environment.name, [...resting, environment]);
    invocation.ended(end);
  }

  private remove(invocation: Invocation): boolean {
    const place = this.running.indexOf(invocation);
    if (place >= 0) this.running.splice(place, 1);
    return place >= 0;
  }
}
