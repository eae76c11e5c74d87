import type { World } from '../resource.ts';
import { type BusEvent, type EntryFault, eventOf } from './event.ts';

/** A rule that waits for events. */
export interface EventRule {
  readonly matches: (event: unknown) => boolean;
  /** Hands an event to the targets; throws nothing. */
  take(event: unknown): Promise<void>;
}

/** The default event bus of a local system: what is put there goes to the rules that match, in the background. */
export interface EventBus {
  add(rule: EventRule): void;
  /** Takes one entry of PutEvents. */
  put(
    entry: unknown,
    world: Pick<World, 'account' | 'clock' | 'busy'>,
  ): { readonly EventId: string } | EntryFault;
}

const isFault = (one: BusEvent | EntryFault): one is EntryFault => 'ErrorCode' in one;

/** An event bus without rules. */
export function eventBus(): EventBus {
  const rules: EventRule[] = [];
  return {
    add: (rule) => rules.push(rule),
    put(entry, world) {
      const event = eventOf(entry, world);
      if (isFault(event)) return event;
      for (const rule of rules) {
        if (rule.matches(event)) void world.busy(() => rule.take(event));
      }
      return { EventId: event.id };
    },
  };
}
