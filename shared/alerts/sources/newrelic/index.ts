import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceNamed } from '../../labels.ts';
import { firstText, firstValue, openFields, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { SignalState } from '../../signal.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { keyOnly } from '../../verification.ts';
import { translateGeneric } from '../generic/any.ts';

/** New Relic's workflows, with the default template of their webhooks, and the older notification channels. */
export const newrelic: AlertSource = {
  product: 'New Relic',
  verification: keyOnly,
  translate(body, receipt) {
    return translateIssue(recordOf(body), receipt) ?? translateGeneric(body, receipt, { generic: true });
  },
};

/** Where the templates say what; the last of each are those of the older channels. */
const names = {
  id: ['id', 'issueId', 'issue_id', 'incident_id'],
  title: ['title', 'issueTitle', 'condition_name', 'details'],
  state: ['state', 'issueState', 'current_state'],
  description: ['description', 'details'],
  severity: ['priority', 'severity'],
  link: ['issueUrl', 'issuePageUrl', 'incident_url'],
  service: ['service', 'service_name'],
  begun: ['createdAt', 'activatedAt', 'created_at', 'timestamp'],
  acknowledged: ['acknowledgedAt', 'updatedAt', 'timestamp'],
  ended: ['closedAt', 'updatedAt', 'timestamp'],
} as const;

function translateIssue(issue: JsonRecord, receipt: Receipt): Translation | undefined {
  const id = firstText(issue, names.id);
  const title = firstText(issue, names.title);
  if (id === undefined || (title === undefined && firstText(issue, names.state) === undefined))
    return undefined;
  const state = stateIn(issue);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'issue', id),
      state,
      time: firstValue(issue, timesOf[state]),
      title: title ?? (state === 'firing' ? `Issue ${id}` : undefined),
      description: descriptionOf(issue),
      severity: severityOf(firstText(issue, names.severity)),
      service: serviceNamed(firstText(issue, names.service) ?? firstOf(issue.impactedEntities)),
      labels: labelsOf(issue),
      links: [
        { href: firstText(issue, names.link), text: 'New Relic' },
        { href: issue.runbookUrl ?? issue.runbook_url, text: 'Runbook' },
      ],
    },
    receipt,
  );
  return { signals: [signal] };
}

/** An issue that was created is told of again when it is activated: it began once. */
const timesOf: Readonly<Record<SignalState, readonly string[]>> = {
  firing: names.begun,
  acknowledged: names.acknowledged,
  resolved: names.ended,
};

/** The issue's state; that somebody took it is only said by what triggered the message. One incident of several may close in it. */
function stateIn(issue: JsonRecord): SignalState {
  const trigger = textOf(issue.trigger) ?? '';
  const said = firstText(issue, names.state) ?? (/^issue_/i.test(trigger) ? trigger : undefined);
  const state = stateOf(said) ?? 'firing';
  return state === 'firing' && stateOf(trigger) === 'acknowledged' ? 'acknowledged' : state;
}

function descriptionOf(issue: JsonRecord): string | undefined {
  const conditions = joined(issue.alertConditionNames);
  const policies = joined(issue.alertPolicyNames);
  const parts = [
    firstText(issue, names.description),
    conditions && `Condition: ${conditions}`,
    policies && `Policy: ${policies}`,
  ];
  return parts.filter(Boolean).join('\n') || undefined;
}

/** What has a place of its own, or differs between the messages about one issue. */
const placed: ReadonlySet<string> = new Set([
  ...Object.values(names).flat(),
  ...['trigger', 'runbookUrl', 'runbook_url', 'isCorrelated', 'totalIncidents', 'event_type'],
]);

function labelsOf(issue: JsonRecord): JsonRecord {
  const own = Object.entries(openFields(issue)).filter(([name]) => !placed.has(name));
  return Object.fromEntries(own.map(([name, value]) => [name, joined(value) ?? value]));
}

const firstOf = (list: unknown): string | undefined => (Array.isArray(list) ? textOf(list[0]) : textOf(list));

/** The texts of a list in one line. */
function joined(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  return (
    list
      .slice(0, 20)
      .flatMap((each) => textOf(each) ?? [])
      .join(', ') || undefined
  );
}
