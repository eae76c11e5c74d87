import { Metrics } from '@aws-lambda-powertools/metrics';
import { type MetricName, metrics, metricsNamespace } from '../../shared/wiring/index.ts';
import { setting } from '../aws/settings.ts';

let emitter: Metrics | undefined;

/** Emits one sample of a metric: a line of the log that CloudWatch reads, so it costs no call and cannot fail. */
export function emit(name: MetricName, value: number): void {
  emitter ??= new Metrics({ namespace: metricsNamespace, serviceName: setting('systemName') });
  emitter.addMetric(name, metrics[name], value);
  emitter.publishStoredMetrics();
}
