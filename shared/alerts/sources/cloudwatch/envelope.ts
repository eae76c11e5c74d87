import { isRecord, type JsonRecord } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';

/** What Amazon SNS posts: a message, or a request to say whether messages are wanted. */
export type Envelope =
  | (Sent & { readonly type: 'Notification'; readonly message: string; readonly subject: string | undefined })
  | (Sent & { readonly type: 'SubscriptionConfirmation'; readonly address: string })
  | (Sent & { readonly type: 'UnsubscribeConfirmation' });

interface Sent {
  /** The same on each try to deliver it. */
  readonly id: string;
  readonly topic: string;
  readonly time: unknown;
}

/** The envelope that a body is; undefined for any other body. */
export function envelopeOf(body: unknown): Envelope | undefined {
  if (!isRecord(body)) return undefined;
  const { Type, MessageId, TopicArn, Message, Timestamp, SubscribeURL } = body;
  if (typeof MessageId !== 'string' || typeof TopicArn !== 'string') return undefined;
  const sent = { id: MessageId, topic: TopicArn, time: Timestamp };
  if (Type === 'UnsubscribeConfirmation') return { ...sent, type: Type };
  if (Type === 'SubscriptionConfirmation' && typeof SubscribeURL === 'string')
    return { ...sent, type: Type, address: SubscribeURL };
  if (Type !== 'Notification' || typeof Message !== 'string') return undefined;
  return { ...sent, type: Type, message: Message, subject: textOf(body.Subject) };
}

/** The JSON object that a message is; undefined for a text. */
export function objectIn(message: string): JsonRecord | undefined {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
