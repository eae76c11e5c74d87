import { serviceIn, serviceNamed, serviceNames } from '../../labels.ts';
import type { Alarm } from './alarm.ts';

/** Dimensions that say what it is about better than others that stand beside them; a machine comes last. */
const telling: readonly string[] = [
  ...['Service', 'ServiceName', 'Application', 'FunctionName', 'ApiName', 'ApiId', 'StateMachineArn'],
  ...['QueueName', 'TopicName', 'StreamName', 'TableName', 'GlobalTableName', 'BucketName', 'DistributionId'],
  ...['DBClusterIdentifier', 'DBInstanceIdentifier', 'CacheClusterId', 'DomainName', 'RuleName'],
  ...['LoadBalancer', 'LoadBalancerName', 'TargetGroup', 'ClusterName', 'AutoScalingGroupName'],
  ...['VolumeId', 'InstanceId'],
];

/** Alarms name services in tags, in several ways of writing. */
const tagNames = [...serviceNames, 'Service', 'ServiceName', 'App', 'Application', 'Component'];

/** The service: a tag that names one, else the most telling dimension, else the namespace without `AWS/`. */
export function serviceOf({ tags, metric: { dimensions, namespace } }: Alarm): string | undefined {
  const [name = Object.keys(dimensions)[0]] = telling.filter((each) => Object.hasOwn(dimensions, each));
  const told = name === undefined ? undefined : plain(dimensions[name]);
  return serviceIn(tags, tagNames) ?? serviceNamed(told) ?? serviceNamed(namespace?.replace(/^AWS\//, ''));
}

/** What people call it: of `app/shop/50dc6c495c0c9188` and `targetgroup/shop/73e2d6bc24d8a067` the middle, of an ARN the end. */
function plain(value: string | undefined): string | undefined {
  const balanced = /^(?:app|net|gwy|targetgroup)\/([^/]{1,100})\/[0-9a-f]{16}$/.exec(value ?? '')?.[1];
  return balanced ?? (value?.startsWith('arn:') ? value.split(/[:/]/).at(-1) : value);
}
