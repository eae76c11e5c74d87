import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { articleOf } from '../../article.ts';
import type { Target } from '../target.ts';
import { type Finding, found, ok, warn } from './finding.ts';

/** What is in the dead-letter queues; `again` names the system in a command. */
export const deadLetters = (target: Target, again: string): Promise<readonly Finding[]> =>
  found('Dead letters', 'sqs:GetQueueAttributes', async () => {
    const client = new SQSClient(target.clientConfig('sqs'));
    try {
      const queues = target.resources('AWS::SQS::Queue').flatMap(({ id, physical }) => {
        const [, name] = /^Stores(\w+)DeadLetters/.exec(id) ?? [];
        return name === undefined ? [] : [{ id, name, physical }];
      });
      const counted = await Promise.all(
        queues.map(async ({ physical: QueueUrl, ...queue }) => {
          const command = new GetQueueAttributesCommand({
            QueueUrl,
            AttributeNames: ['ApproximateNumberOfMessages'],
          });
          const { Attributes } = await client.send(command);
          return { ...queue, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) };
        }),
      );
      const full = counted.filter(({ count }) => count > 0);
      if (full.length === 0) return [ok(`No dead letters in ${queues.length} queues`)];
      return full.map(({ id, name, count }) =>
        warn(
          `${count} dead letters in ${id}`,
          `Read ${articleOf(`${name}DeadLetters`)}, mend the cause, then: npm run redrive -- ${name.toLowerCase()}${again}`,
        ),
      );
    } finally {
      client.destroy();
    }
  });
