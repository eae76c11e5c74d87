import { Aws, Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { faultsMetric, logsNamespace, type MetricName, metricsNamespace } from '../../shared/wiring/index.ts';

export const minute = Duration.minutes(1);
export const fiveMinutes = Duration.minutes(5);
export const hour = Duration.hours(1);
export const day = Duration.days(1);

/** A metric that the system's functions emit. */
export function own(metricName: MetricName, options: MetricOptions): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: Aws.STACK_NAME },
    ...options,
  });
}

/** How many faults the functions logged: each such line carries the metric. */
export function faultsLogged(options: MetricOptions): Metric {
  return new Metric({ namespace: logsNamespace(Aws.STACK_NAME), metricName: faultsMetric, ...options });
}

/** A metric over everything of one service in this account and region. */
export function regional(namespace: string, metricName: string, options: MetricOptions): Metric {
  return new Metric({ namespace, metricName, ...options });
}

/** How many objects a bucket holds; S3 tells it once a day. */
export function storedObjects({ bucketName }: IBucket, options: MetricOptions): Metric {
  return new Metric({
    namespace: 'AWS/S3',
    metricName: 'NumberOfObjects',
    dimensionsMap: { BucketName: bucketName, StorageType: 'AllStorageTypes' },
    ...options,
  });
}
