import { Aws } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricsNamespace } from '../../shared/wiring/index.ts';

interface MetricFromLogsProps {
  /** Each with a name of its own. */
  readonly logGroups: readonly (readonly [name: string, logGroup: ILogGroup])[];
  /** In the language of CloudWatch for lines of JSON. */
  readonly pattern: string;
}

/** How many lines of some logs match: one metric over all of them, which costs only in hours in which there are such lines. */
export class MetricFromLogs extends Construct {
  readonly #metricName: string;
  readonly #metricNamespace = `${metricsNamespace}/${Aws.STACK_NAME}`;

  constructor(scope: Construct, id: string, { logGroups, pattern }: MetricFromLogsProps) {
    super(scope, `${id}Filters`);
    this.#metricName = id;
    for (const [name, logGroup] of logGroups) {
      new MetricFilter(this, name, {
        logGroup,
        metricName: id,
        metricNamespace: this.#metricNamespace,
        metricValue: '1',
        filterPattern: FilterPattern.literal(pattern),
      });
    }
  }

  metric(options: MetricOptions): Metric {
    return new Metric({ namespace: this.#metricNamespace, metricName: this.#metricName, ...options });
  }
}
