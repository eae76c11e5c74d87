import { post, type Setup } from '../setup.ts';

export const eventbridge: Setup = {
  name: 'Amazon EventBridge',
  where:
    'Nothing is to be pasted for the AWS account and region that this system runs in: alarms, deployments and stacks there are told from now on. In another account, use the address in an API destination.',
  trial: ({ url }) =>
    post(url, {
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      detail: { alarmName: 'Trial', state: { value: 'ALARM' } },
    }),
};
