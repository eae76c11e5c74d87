import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import { eventStates, type Keyed, ROUTING_KEY } from './faults.ts';

/** The body of version 1 of the events API, marked as such for the translator: its fields alone do not tell. */
export const asGenericEvent = (body: unknown) => ({ generic_event: body });

/** An event of version 1 in the fields of version 2: the keys of both name the same alerts. */
export function eventOfGeneric(body: unknown): JsonRecord {
  const said = recordOf(body);
  const contexts: unknown[] = Array.isArray(said.contexts) ? said.contexts.slice(0, 40) : [];
  return {
    event_action: said.event_type,
    dedup_key: said.incident_key,
    payload: { summary: said.description, custom_details: said.details },
    client: said.client,
    client_url: said.client_url,
    links: contexts.filter((context) => isRecord(context) && context.type === 'link'),
  };
}

/** What PagerDuty would refuse in an event of version 1; the service key apart. */
export function genericFaults(said: JsonRecord): readonly string[] {
  const faults: string[] = [];
  const type = textOf(said.event_type);
  const key = textOf(said.incident_key);
  if (type === undefined) faults.push('Event type is missing or blank');
  else if (!eventStates.has(said.event_type)) {
    faults.push("Event type is invalid (must be 'trigger', 'acknowledge' or 'resolve')");
  }
  if (type === 'trigger' && textOf(said.description) === undefined) {
    faults.push('Description is missing or blank');
  }
  if ((type === 'acknowledge' || type === 'resolve') && key === undefined) {
    faults.push('Incident key is missing or blank');
  }
  if (key !== undefined && key.length > 255) {
    faults.push('Incident key is too long (should be at most 255 characters)');
  }
  return faults;
}

/** The service key of an event of version 1. */
export function serviceKeyOf(body: unknown): Keyed {
  const said = recordOf(body);
  const key = textOf(said.service_key);
  if (key === undefined) return { faults: ['Service key is missing or blank', ...genericFaults(said)] };
  if (key.length === ROUTING_KEY) return { key };
  const fault = `Service key is the wrong length (should be ${ROUTING_KEY} characters)`;
  return { faults: [fault, ...genericFaults(said)] };
}
