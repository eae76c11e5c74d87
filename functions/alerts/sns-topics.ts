import { Refusal } from '../../shared/kernel/index.ts';

/** Whether a topic may send: it is named, or by its beginning, or none is named, as by who confirmed it by hand. */
export function mayTopicSend(topic: string, topics: readonly string[] | undefined): boolean {
  return topics === undefined || isAmong(topic, topics);
}

/** Whether a topic is one of these. */
export const isAmong = (topic: string, topics: readonly string[]): boolean =>
  topics.some((one) => (one.endsWith('*') ? topic.startsWith(one.slice(0, -1)) : topic === one));

/** The refusal of a topic that the owner did not name. */
export const unexpected = (topic: string): Refusal =>
  new Refusal(
    'forbidden',
    `The topic ${topic.slice(0, 300)} is none of those in the option topics of this integration. Add it there if it is yours, then ask for the confirmation again.`,
    'body.TopicArn',
  );
