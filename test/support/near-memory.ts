import {
  type AlertInBatch,
  type Counting,
  countingOf,
  type Decision,
  type Loaded,
  lookingFor,
  needsAll,
  newest,
  type Slot,
  stillNeeded,
} from '../../shared/detection/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { DetectionMemory } from './detection-memory.ts';

/** A memory of which a decision is given what the worker reads of what counts, and no more; it counts that. */
export class NearMemory extends DetectionMemory {
  readonly read = { slots: 0, heads: 0 };
  private depth = 0;

  protected override decide(alerts: readonly AlertInBatch[], now: Instant): Decision {
    this.depth++;
    const decision = super.decide(alerts, now);
    this.depth--;
    return decision;
  }

  protected override load(alerts: readonly AlertInBatch[]): Loaded {
    const all = super.load(alerts);
    const heads = new Map(
      alerts.flatMap(({ fingerprint }) => {
        const head = all.heads.get(fingerprint);
        return head ? [[fingerprint, head] as const] : [];
      }),
    );
    const told = alerts.flatMap((alert) => alert.firings);
    const held = [...(all.held?.values() ?? [])];
    const firings = [...told, ...held].map((firing) => ({ ...lookingFor(this.rules, firing), ...firing }));
    const opening = firings.filter(({ match }) => match.does === 'open');
    const counting: Counting[] = [...countingOf(opening, heads)];
    const slots = new Map<string, readonly Slot[]>();
    const loaded = { ...all, heads, slots, counting };
    for (const one of counting) this.readSlots(all, slots, one);
    this.readHeads(all, loaded, heads);
    const isMore = (one: Counting) => one.ranges !== undefined && (this.depth > 1 || needsAll(loaded, one));
    for (let place = counting.findIndex(isMore); place >= 0; place = counting.findIndex(isMore)) {
      const [{ ranges: _, ...one } = counting[place] as Counting] = counting.splice(place, 1);
      counting.push(one);
      this.readSlots(all, slots, one);
      this.readHeads(all, loaded, heads);
    }
    return loaded;
  }

  private readSlots(all: Loaded, slots: Map<string, readonly Slot[]>, { match, ranges }: Counting): void {
    const known = all.slots.get(match.hash) ?? [];
    const isNear = ({ slot }: Slot) =>
      ranges?.some(([first, last]) => first <= slot && slot <= last) ?? false;
    const read = ranges === undefined ? newest(known) : known.filter(isNear);
    this.read.slots += read.length;
    slots.set(match.hash, read);
  }

  private readHeads(
    all: Loaded,
    loaded: Loaded,
    heads: Map<string, Loaded['heads'] extends ReadonlyMap<string, infer Head> ? Head : never>,
  ): void {
    for (const fingerprint of stillNeeded(loaded).heads) {
      this.read.heads++;
      const head = all.heads.get(fingerprint);
      if (head) heads.set(fingerprint, head);
    }
  }
}
