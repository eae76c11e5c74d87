import { Aws } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { logsNamespace } from '../../shared/wiring/index.ts';

interface MetricFromLogsProps {
  readonly logGroup: ILogGroup;
  /** In the language of CloudWatch for lines of JSON. */
  readonly pattern: string;
}

/** How many lines of a log match, where the line cannot carry a metric itself. It costs only in hours in which there are any. */
export class MetricFromLogs extends Construct {
  readonly #metricName: string;
  readonly #metricNamespace = logsNamespace(Aws.STACK_NAME);

  constructor(scope: Construct, id: string, { logGroup, pattern }: MetricFromLogsProps) {
    super(scope, `${id}Lines`);
    this.#metricName = id;
    new MetricFilter(this, 'Filter', {
      logGroup,
      metricName: id,
      metricNamespace: this.#metricNamespace,
      metricValue: '1',
      filterPattern: FilterPattern.literal(pattern),
    });
  }

  metric(options: MetricOptions): Metric {
    return new Metric({ namespace: this.#metricNamespace, metricName: this.#metricName, ...options });
  }
}
