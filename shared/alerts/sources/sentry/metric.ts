import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { isNoTime } from '../../event-time.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceNamed } from '../../labels.ts';
import { firstText, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { Translated } from '../../source.ts';
import type { Told } from './index.ts';

/** A metric that crossed a threshold of its rule; its action is the level, or that it is over. */
export function translateMetricAlert(
  action: string,
  data: JsonRecord,
  { receipt, sentAt }: Told,
): Translated | undefined {
  const alert = recordOf(data.metric_alert);
  const id = textOf(alert.id);
  if (id === undefined) return undefined;
  const isOver = action === 'resolved';
  const rule = recordOf(alert.alert_rule);
  const ended = isNoTime(alert.date_closed) ? sentAt : alert.date_closed;
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'metric', id),
      state: isOver ? 'resolved' : 'firing',
      time: isOver ? ended : (alert.date_started ?? alert.date_detected ?? alert.date_created),
      title: titleOf(data, alert, rule),
      // Sentry writes the backslash and the n instead of a new line.
      description: textOf(data.description_text)?.replaceAll('\\n', '\n'),
      severity: severityOf(action),
      service: serviceNamed(projectOf(alert, rule)),
      labels: {
        ...{ rule: rule.name, query: rule.query, aggregate: rule.aggregate, environment: rule.environment },
        identifier: alert.identifier,
      },
      links: [{ href: data.web_url, text: 'Sentry' }],
    },
    receipt,
  );
  return { signals: [signal] };
}

/** Without "Resolved:", which its state says. */
function titleOf(data: JsonRecord, alert: JsonRecord, rule: JsonRecord): string | undefined {
  const title = textOf(data.description_title)?.replace(/^\s*Resolved:\s*/, '');
  return title || firstText(rule, ['name']) || firstText(alert, ['title']);
}

/** An alert over several projects is of none of them. */
function projectOf(alert: JsonRecord, rule: JsonRecord): string | undefined {
  const projects = [alert.projects, rule.projects].find(Array.isArray);
  return projects?.length === 1 ? textOf(projects[0]) : undefined;
}
