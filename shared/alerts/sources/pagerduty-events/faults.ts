import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import type { SignalState } from '../../signal.ts';

/** The lengths that PagerDuty takes. */
export const ROUTING_KEY = 32;
const DEDUP_KEY = 255;

/** The actions of an event and the states that they mean. */
export const eventStates: ReadonlyMap<unknown, SignalState> = new Map([
  ['trigger', 'firing'],
  ['acknowledge', 'acknowledged'],
  ['resolve', 'resolved'],
]);

/** What PagerDuty would refuse in an event, in its words; the routing key apart. */
export function eventFaults(event: JsonRecord): readonly string[] {
  const action = textOf(event.event_action);
  const key = textOf(event.dedup_key);
  const faults: string[] = [];
  if (action === undefined) faults.push("'event_action' is missing or blank");
  else if (!eventStates.has(event.event_action)) {
    faults.push(
      "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    );
  }
  if (key !== undefined && key.length > DEDUP_KEY) {
    faults.push(`Length of 'dedup_key' is incorrect (should be at most ${DEDUP_KEY} characters)`);
  }
  if (action === 'trigger' && textOf(recordOf(event.payload).summary) === undefined) {
    faults.push("'payload.summary' is missing or blank");
  }
  if ((action === 'acknowledge' || action === 'resolve') && key === undefined) {
    faults.push("'dedup_key' is missing or blank");
  }
  return faults;
}

/** What PagerDuty would refuse in a change event, in its words; the routing key apart. */
export function changeFaults(event: JsonRecord): readonly string[] {
  if (!isRecord(event.payload)) return ["'payload' is missing or blank"];
  return textOf(event.payload.summary) === undefined ? ["'payload.summary' is missing or blank"] : [];
}

/** The key in a body, or everything that PagerDuty would refuse in one whose key has not the form of a key. */
export type Keyed = { readonly key: string } | { readonly faults: readonly [string, ...string[]] };

/** The routing key of an event; `faultsOf` tells what else is wrong with one whose key is. */
export function routingKeyOf(body: unknown, faultsOf = eventFaults): Keyed {
  const event = recordOf(body);
  const key = textOf(event.routing_key);
  if (key === undefined) return { faults: ["'routing_key' is missing or blank", ...faultsOf(event)] };
  if (key.length === ROUTING_KEY) return { key };
  const fault = `Length of 'routing_key' is incorrect (should be ${ROUTING_KEY} characters)`;
  return { faults: [fault, ...faultsOf(event)] };
}
