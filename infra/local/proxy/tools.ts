import { Role } from '../iam/role.ts';
import { readStatements } from '../iam/statement.ts';
import type { World } from '../resource.ts';

/** The access key id of the person at this machine: commands that look after a system sign with it. */
export const operatorKey = 'operator';

/** What tools of this machine may do, by their access key ids, in the words of policies. They are no functions. */
const policies: Readonly<Record<string, unknown>> = {
  [operatorKey]: {
    Statement: [
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ListQueues',
          'sqs:ReceiveMessage',
          'sqs:SendMessage',
        ],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: ['dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:ListTables', 'dynamodb:Query'],
        Resource: '*',
      },
    ],
  },
};

/** The roles of the tools by their access key ids. */
export const toolRoles = ({ id }: World['account']): ReadonlyMap<string, Role> =>
  new Map(
    Object.entries(policies).map(([name, policy]) => {
      const arn = `arn:aws:iam::${id}:user/${name}`;
      return [name, new Role(arn, readStatements(policy, `the policy of ${name}`))];
    }),
  );
