import { DAY, type JsonRecord, recordOf, SECOND } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { remarksOf } from '../../compose-remark.ts';
import { eventTime, readInstant } from '../../event-time.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceNamed } from '../../labels.ts';
import { firstText, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { Signal, SignalState } from '../../signal.ts';
import type { Translated } from '../../source.ts';
import type { Told } from './index.ts';

/**
 * What becomes of an issue. An archived one is over: a person said that it shall wake nobody, and Sentry sends no end later. When it
 * comes back it fires anew, which an acknowledged alert would not: nobody would be paged.
 */
const states: ReadonlyMap<string, SignalState> = new Map([
  ['created', 'firing'],
  ['unresolved', 'firing'],
  ['regressed', 'firing'],
  ['resolved', 'resolved'],
  ['archived', 'resolved'],
  ['ignored', 'resolved'],
]);

/** What was done with an issue, by Sentry or by a person. */
export function translateIssue(action: string, data: JsonRecord, told: Told): Translated | undefined {
  const issue = recordOf(data.issue);
  const id = textOf(issue.id);
  if (id === undefined) return undefined;
  const { receipt, actor, sentAt } = told;
  const fingerprint = fingerprintOf(receipt.integration, 'issue', id);
  const state = states.get(action);
  const remarks = remarksOf(
    { fingerprint, time: sentAt, by: authorOf(actor), text: sentenceOf(action, issue) },
    receipt,
  );
  return {
    signals: state === undefined ? [] : [signalOf(issue, { action, state, fingerprint }, told)],
    ...(remarks.length > 0 && { remarks }),
  };
}

/** Sentry itself is no author. */
const authorOf = (actor: JsonRecord): string | undefined =>
  actor.type === 'application' ? undefined : textOf(actor.name);

function signalOf(
  issue: JsonRecord,
  { action, state, fingerprint }: Pick<Signal, 'fingerprint' | 'state'> & { readonly action: string },
  { receipt, sentAt }: Told,
): Signal {
  const { culprit, shortId, substatus, platform, count } = issue;
  return compose(
    {
      ...{ fingerprint, state },
      time: action === 'created' ? issue.firstSeen : boundTime(issue, state, { receipt, sentAt }),
      title: textOf(issue.title),
      description: textOf(culprit) === undefined ? undefined : `In ${textOf(culprit)}`,
      severity: severityOf(issue.level),
      service: serviceNamed(firstText(recordOf(issue.project), ['slug', 'name'])),
      labels: { shortId, substatus, culprit, platform, count },
      links: [{ href: firstText(issue, ['permalink', 'web_url']), text: 'Sentry' }],
    },
    receipt,
  );
}

/** How long a delivery is known again by its body. */
const KNOWN = 3 * DAY;

/**
 * When it was sent, but not much later than the issue was last seen: the signature covers the body alone, so a recorded one could be
 * sent with any header once its delivery is forgotten. An end is a second later, that it ends what was held back in the same way.
 */
function boundTime(
  { lastSeen }: JsonRecord,
  state: SignalState,
  { receipt, sentAt }: Pick<Told, 'receipt' | 'sentAt'>,
): unknown {
  const seen = readInstant(lastSeen);
  if (seen === undefined) return sentAt;
  const latest = seen + KNOWN + (state === 'resolved' ? SECOND : 0);
  return eventTime(sentAt, receipt.receivedAt).at > latest ? latest : sentAt;
}

const archived: Readonly<Record<string, string>> = {
  archived_until_escalating: ' until it escalates',
  archived_until_condition_met: ' until a condition is met',
  archived_forever: ' for ever',
};

/** What an action says in words, where its signal does not say all. */
function sentenceOf(action: string, issue: JsonRecord): string | undefined {
  if (action === 'assigned') {
    const { name, email } = recordOf(issue.assignedTo);
    return `Assigned to ${textOf(name) ?? textOf(email) ?? 'somebody'}`;
  }
  if (action === 'archived' || action === 'ignored') {
    const substatus = textOf(issue.substatus) ?? '';
    const until = Object.hasOwn(archived, substatus) ? archived[substatus] : '';
    return `Archived${until}: silenced, which is not to say that it is fixed`;
  }
  return states.has(action) ? undefined : `Issue ${action.slice(0, 100) || 'changed'}`;
}

/** What a person wrote below an issue. */
export function translateComment(action: string, data: JsonRecord, told: Told): Translated | undefined {
  const id = textOf(data.issue_id);
  if (id === undefined) return undefined;
  if (action !== 'created') {
    return { signals: [], ignored: 'Only new comments are kept, not what is changed or deleted of them.' };
  }
  const { receipt, actor, sentAt } = told;
  const remarks = remarksOf(
    {
      fingerprint: fingerprintOf(receipt.integration, 'issue', id),
      time: data.timestamp ?? sentAt,
      by: authorOf(actor),
      text: textOf(data.comment),
    },
    receipt,
  );
  return { signals: [], remarks };
}
