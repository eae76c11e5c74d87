import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { articleOf } from '../../article.ts';
import type { Target } from '../target.ts';
import { type Finding, found, missing, ok, warn } from './finding.ts';

/** What is in the dead-letter queues; `again` names the system in a command. */
export const deadLetters = (target: Target, again: string): Promise<readonly Finding[]> =>
  found('Dead letters', 'sqs:GetQueueAttributes', async () => {
    const client = new SQSClient(target.clientConfig('sqs'));
    try {
      const queues = target.resources('AWS::SQS::Queue').filter(({ id }) => id.includes('DeadLetters'));
      if (queues.length === 0) return [missing('There is no queue of dead letters', 'Run npx cdk deploy.')];
      const counted = await Promise.all(
        queues.map(async ({ id, physical: QueueUrl }) => {
          const command = new GetQueueAttributesCommand({
            QueueUrl,
            AttributeNames: ['ApproximateNumberOfMessages'],
          });
          const { Attributes } = await client.send(command);
          return { id, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) };
        }),
      );
      const full = counted.filter(({ count }) => count > 0);
      if (full.length === 0) return [ok(`No dead letters in ${queues.length} queues`)];
      return full.map(({ id, count }) => warn(`${count} dead letters in ${id}`, `${whatToDo(id)}${again}`));
    } finally {
      client.destroy();
    }
  });

/** By the logical id: `StoresAlertsDeadLetters…` holds what failed of alerts. */
function whatToDo(id: string): string {
  const [, name] = /^Stores(\w+)DeadLetters/.exec(id) ?? [];
  return name === undefined
    ? 'Read docs/operating.md#redrive, mend the cause, then: npm run redrive -- all'
    : `Read ${articleOf(`${name}DeadLetters`)}, mend the cause, then: npm run redrive -- ${name.toLowerCase()}`;
}
