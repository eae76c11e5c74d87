import type { Setup } from '../setup.ts';

export const cloudwatch: Setup = {
  name: 'Amazon CloudWatch (SNS)',
  where:
    'Name your topic under Manage, “Topics and alarms”, then subscribe this address to it with the protocol HTTPS, raw message delivery off. The topic is what the alarms notify.',
  trial: () => 'aws cloudwatch set-alarm-state --alarm-name <alarm> --state-value ALARM --state-reason Trial',
};
