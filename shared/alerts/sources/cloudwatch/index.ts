import { isRecord, type JsonRecord } from '../../../kernel/index.ts';
import { limits } from '../../limits.ts';
import { nestedDeeperThan } from '../../nesting.ts';
import { outline } from '../../reading.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { isEvent, translateEvent } from '../eventbridge/event.ts';
import { translateGeneric } from '../generic/any.ts';
import { translateAlarm } from './alarm.ts';
import { type Envelope, envelopeOf, objectIn } from './envelope.ts';
import { alarmInMessage } from './notification.ts';

/** Alarms of Amazon CloudWatch, as Amazon SNS posts them to a subscribed address. */
export const cloudwatch: AlertSource = {
  product: 'Amazon CloudWatch (SNS)',
  verification: { scheme: 'sns' },
  translate(body, receipt) {
    const envelope = envelopeOf(body);
    if (envelope !== undefined) return { ...translateEnvelope(envelope, receipt), delivery: envelope.id };
    const said = isRecord(body) ? translateObject(body, receipt) : undefined;
    return said ?? translateGeneric(body, receipt, { generic: true });
  },
};

function translateEnvelope(envelope: Envelope, receipt: Receipt): Translation {
  if (envelope.type === 'UnsubscribeConfirmation')
    return { signals: [], ignored: `The topic ${shown(envelope.topic)} sends here no longer.` };
  if (envelope.type === 'SubscriptionConfirmation') {
    const { topic, address } = envelope;
    return {
      signals: [],
      ignored: `The topic ${shown(topic)} asked whether its messages are wanted.`,
      confirmation: { of: topic, address },
    };
  }
  const { message, subject, time, id } = envelope;
  const object = nestedDeeperThan(message, limits.depth) ? undefined : objectIn(message);
  if (object === undefined) return translateGeneric(plain(message, subject, time, id), receipt, marked);
  const said = translateObject(object, receipt);
  return said ?? translateGeneric(other(object, subject, time), receipt, marked);
}

const marked = { generic: true };
const shown = (topic: string): string => topic.slice(0, 300);

/** A text that somebody published: each is an alert of its own, since nothing says which belong together. */
function plain(message: string, subject: string | undefined, time: unknown, id: string): JsonRecord {
  return { title: subject ?? message, description: message, time, key: id };
}

/** What some other product tells: its own words, and where they are none that we know, the subject and how it begins. */
function other(object: JsonRecord, subject: string | undefined, time: unknown): JsonRecord {
  return { title: subject, description: outline(object, limits.title), time, ...object };
}

function translateObject(object: JsonRecord, receipt: Receipt): Translation | undefined {
  const alarm = alarmInMessage(object);
  if (alarm !== undefined) return translateAlarm(alarm, receipt);
  return isEvent(object) ? translateEvent(object, receipt) : undefined;
}
