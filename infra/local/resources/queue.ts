import * as z from 'zod';
import type { Core } from '../core.ts';
import { EngineError, jsonClient } from '../engines/json-client.ts';
import type { ResourceKind } from '../resource.ts';
import { physicalName } from './identity.ts';

const number = z.coerce.number().int();

const Properties = z.looseObject({
  VisibilityTimeout: number.default(30),
  DelaySeconds: number.default(0),
  MessageRetentionPeriod: number.default(345_600),
  MaximumMessageSize: number.default(1_048_576),
  ReceiveMessageWaitTimeSeconds: number.default(0),
  FifoQueue: z.boolean().optional(),
  ContentBasedDeduplication: z.boolean().optional(),
  RedrivePolicy: z.looseObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number }).optional(),
});

/** An SQS queue in the queue engine. */
export const queue: ResourceKind = {
  type: 'AWS::SQS::Queue',
  phase: 'queue',
  identity(declared, account) {
    const fifo = declared.properties.FifoQueue === true;
    const name = physicalName(declared, 'QueueName').replace(/(\.fifo)?$/, fifo ? '.fifo' : '');
    const url = `https://sqs.${account.region}.${account.suffix}/${account.id}/${name}`;
    const arn = `arn:aws:sqs:${account.region}:${account.id}:${name}`;
    return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
  },
  async start({ identity, properties }, world: Core) {
    const client = jsonClient(world.engines.sqs, 'AmazonSQS', world.account.region);
    const attributes = engineAttributes(Properties.parse(properties));
    const name = identity.attributes.QueueName;
    try {
      const { QueueUrl } = await client.call<{ QueueUrl: string }>('GetQueueUrl', { QueueName: name });
      const { FifoQueue: _, ...changeable } = attributes;
      await client.call('SetQueueAttributes', { QueueUrl, Attributes: changeable });
    } catch (error) {
      if (!(error instanceof EngineError && error.name === 'QueueDoesNotExist')) throw error;
      await client.call('CreateQueue', { QueueName: name, Attributes: attributes });
    } finally {
      client.close();
    }
    return undefined;
  },
};

function engineAttributes({ RedrivePolicy, ...rest }: z.infer<typeof Properties>): Record<string, string> {
  const known = Object.keys(Properties.shape);
  const plain = Object.entries(rest).filter(([name, value]) => known.includes(name) && value !== undefined);
  const attributes = Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
  return { ...attributes, RedrivePolicy: RedrivePolicy === undefined ? '' : JSON.stringify(RedrivePolicy) };
}
