import type { Instant } from '../../../shared/kernel/index.ts';
import type { FunctionName } from '../../../shared/wiring/index.ts';
import { imageOf } from '../engine/stream-image.ts';
import type { Change } from '../engine/table-types.ts';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';

/** What a reader's event source mapping lets through: string attributes of the new image. */
export type Where = Readonly<Record<string, string>>;

interface Waiting {
  readonly change: Change;
  readonly key: string;
  readonly tries: number;
  /** The most records that it may be tried with: halved each time that its batch fails. */
  readonly company: number;
}

const RETRIES = 5;
const MOST = 100;

/** Brings the records of the table's stream to one reader: those of one item in order, those of different items in any. */
export class StreamFeed implements Actor {
  /** What was given up, and lies in the bucket of what could not be delivered. */
  readonly undelivered: Change[] = [];
  private readonly reader: FunctionName;
  private readonly where: readonly (readonly [string, string])[];
  private readonly world: World;
  private waiting: Waiting[] = [];
  private readonly busy = new Set<string>();
  private read = 0;

  constructor(reader: FunctionName, where: Where, world: World) {
    this.reader = reader;
    this.where = Object.entries(where);
    this.world = world;
  }

  ready(): number {
    if (this.world.table.lastSequence > this.read) this.look();
    return this.waiting.length > 0 && this.world.fleet.hasRoom(this.reader) ? 1 : 0;
  }

  due(): Instant {
    return Number.POSITIVE_INFINITY;
  }

  act(): void {
    const batch = this.choose();
    if (batch.length === 0) return;
    const { world } = this;
    const orgs = batch.map(({ change }) => String(change.after?.org));
    for (const { key } of batch) this.busy.add(key);
    this.waiting = this.waiting.filter((one) => !batch.includes(one));
    world.fleet.invoke(this.reader, {
      event: { Records: batch.map(({ change }) => recordOf(change)) },
      tenants: new Set(orgs),
      ended: ({ how }) => {
        for (const { key } of batch) this.busy.delete(key);
        if (how !== 'answered') this.again(batch);
      },
    });
  }

  private look(): void {
    for (const change of this.world.table.changes(this.read)) {
      this.read = change.sequence;
      const fits = this.where.every(([name, value]) => change.after?.[name] === value);
      const { pk, sk } = change.key;
      if (fits) this.waiting.push({ change, key: `${pk} ${sk}`, tries: 0, company: MOST });
    }
  }

  /** Some of what waits, no item's record before an earlier one of the same item. */
  private choose(): readonly Waiting[] {
    const { random } = this.world;
    const seen = new Set(this.busy);
    const firsts = this.waiting.filter(({ key }) => !seen.has(key) && seen.add(key));
    const count = random.whole(1, firsts.length);
    const chosen: Waiting[] = [];
    let company = MOST;
    while (chosen.length < count && firsts.length > 0) {
      const [one] = firsts.splice(random.whole(0, firsts.length - 1), 1);
      if (one === undefined || Math.min(company, one.company) <= chosen.length) break;
      chosen.push(one);
      company = Math.min(company, one.company);
    }
    return chosen;
  }

  private again(batch: readonly Waiting[]): void {
    const company = Math.max(1, Math.ceil(batch.length / 2));
    for (const { change, key, tries } of batch) {
      if (tries === RETRIES) this.undelivered.push(change);
      else this.waiting.push({ change, key, tries: tries + 1, company });
    }
  }
}

const recordOf = ({ key: { pk, sk }, after = { pk, sk } }: Change) => ({
  eventName: 'INSERT',
  dynamodb: { Keys: imageOf({ pk, sk }), NewImage: imageOf(after) },
});
