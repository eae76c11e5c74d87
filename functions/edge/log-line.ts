import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { faultsMetric, logsNamespace } from '../../shared/wiring/index.ts';
import { settingIfKnown } from '../aws/settings.ts';

/**
 * A line of the log. One about a fault carries the metric that the alarm looks at, in CloudWatch's embedded metric format, so it is
 * counted wherever it is read, and only ever together with its words.
 */
export class LogLine extends LogFormatter {
  override formatAttributes(base: UnformattedAttributes, more: LogAttributes): LogItem {
    const line = new LogItem({
      attributes: {
        level: base.logLevel,
        message: base.message,
        timestamp: this.formatTimestamp(base.timestamp),
        service: base.serviceName,
        xray_trace_id: base.xRayTraceId,
      },
    }).addAttributes(more);
    const system = settingIfKnown('systemName');
    if (base.logLevel === 'ERROR' && system !== undefined)
      line.setAttributes({ ...line.getAttributes(), ...counted(system, base.timestamp) });
    return line;
  }
}

/** One fault of this system. No dimension, so that one alarm sees the faults of all functions. */
function counted(systemName: string, at: Date): LogAttributes {
  const metric = {
    Namespace: logsNamespace(systemName),
    Dimensions: [[]],
    Metrics: [{ Name: faultsMetric, Unit: 'Count' }],
  };
  return { _aws: { Timestamp: at.getTime(), CloudWatchMetrics: [metric] }, [faultsMetric]: 1 };
}
