import { digest, isRecord, type JsonRecord, jsonDigest, recordOf } from '../../../kernel/index.ts';
import { limits } from '../../limits.ts';
import { firstText, openFields, textOf } from '../../reading.ts';
import type { Signal } from '../../signal.ts';
import type { AlertSource, Receipt } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { tooMany } from '../../too-many.ts';
import { keyOnly } from '../../verification.ts';
import { genericSignal, translateGeneric } from '../generic/any.ts';
import { fields } from '../generic/fields.ts';
import { dataOf, decoded } from './data.ts';

/** The attributes that an event has in headers when its body is its data: binary mode. */
const attributes = ['id', 'source', 'specversion', 'type', 'subject', 'time'] as const;

/** CloudEvents 1.0 over HTTP: structured, in batches, and binary. */
export const cloudevents: AlertSource = {
  product: 'CloudEvents',
  verification: keyOnly,
  asksLeave: true,
  reads: attributes.map((name) => `ce-${name}`),
  translate(body, receipt) {
    const events = eventsIn(body, receipt);
    if (events === undefined) return translateGeneric(body, receipt, { generic: true });
    if (events.length > limits.signals) return tooMany(events.length);
    const deliveries = events.map(deliveryOf);
    return {
      signals: events.map((event) => signalOf(event, receipt)),
      ...(deliveries.length > 0 &&
        !deliveries.includes(undefined) && { delivery: digest('events', ...deliveries.map(String)) }),
    };
  },
};

/** The events of a POST, or nothing when it is none. */
function eventsIn(body: unknown, { headers = {} }: Receipt): readonly unknown[] | undefined {
  if (headers['ce-specversion'] !== undefined) {
    const said = attributes.map((name) => [name, decoded(headers[`ce-${name}`])]);
    return [{ ...Object.fromEntries(said), data: body }];
  }
  if (Array.isArray(body)) return body.some(isEvent) || body.length === 0 ? body : undefined;
  return isEvent(body) ? [body] : undefined;
}

const isEvent = (value: unknown): value is JsonRecord =>
  isRecord(value) && textOf(value.specversion) !== undefined && textOf(value.type) !== undefined;

/** Brokers may set these anew on each attempt. */
const traces = { traceparent: null, tracestate: null };

/**
 * What a producer calls an event, the same each time that it sends it: source and id. With all that the event says, since producers use
 * ids again (a counter that began anew), and what is left out as a repetition is lost.
 */
function deliveryOf(event: unknown): string | undefined {
  const { source, id } = recordOf(event);
  const [from, name] = [textOf(source), textOf(id)];
  return from === undefined || name === undefined
    ? undefined
    : digest('event', from, name, jsonDigest({ ...recordOf(event), ...traces }));
}

function signalOf(event: unknown, receipt: Receipt): Signal {
  if (!isEvent(event)) return genericSignal(event, receipt, { generic: true });
  const data = dataOf(event);
  const type = textOf(event.type) ?? '';
  const about = firstText(event, ['subject', 'source']);
  const isNamed = firstText(data, fields.title) !== undefined;
  const hasState = data.resolved === true || fields.state.some((name) => stateOf(data[name]) !== undefined);
  const said = {
    ...extensionsOf(event),
    ...{ source: event.source, type, time: event.time, service: event.subject },
    ...(firstText(data, fields.key) === undefined && keyOf(event, type)),
    ...data,
    ...(!isNamed && { title: about === undefined ? type : `${type}: ${about}` }),
    ...(!hasState && { state: stateOf(lastOf(type)) }),
  };
  return genericSignal(said, receipt, { generic: false });
}

const lastOf = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

/** Of an event whose data names no alert: what it is about, and its type without the state at its end. */
function keyOf({ source, subject }: JsonRecord, type: string): { readonly key?: string } {
  const about = textOf(subject);
  if (about === undefined) return {};
  const last = lastOf(type);
  const kind = stateOf(last) === undefined ? type : type.slice(0, type.length - last.length);
  return { key: JSON.stringify([textOf(source) ?? '', about, kind]) };
}

const plumbing: ReadonlySet<string> = new Set([
  ...attributes,
  ...['datacontenttype', 'dataschema', 'data', 'data_base64', 'traceparent', 'tracestate'],
]);

function extensionsOf(event: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(openFields(event)).filter(([name]) => !plumbing.has(name)));
}
