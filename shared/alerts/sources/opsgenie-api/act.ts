import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { firstText, outline, textOf } from '../../reading.ts';
import type { Remark } from '../../remark.ts';
import type { SignalState } from '../../signal.ts';
import type { Receipt, Translation } from '../../source.ts';
import { paragraph } from '../../text.ts';
import { byOf, namesIn, noteOf, refused } from './create.ts';
import { type IdentifierType, identifierTypes, idNamed, idOfAlias, LONGEST_ALIAS } from './identity.ts';
import { opsgenieActions, requestIdOf } from './request-id.ts';

/** One request about an alert that is named in its path. */
export interface OpsgenieAction {
  /** The last part of its path, or `delete`. */
  readonly action: string;
  readonly identifier: string;
  /** As `identifierType` of the query says. */
  readonly type: string;
  readonly removes?: boolean;
  readonly body: unknown;
}

/** A request about an alert in the form that the translator takes. */
export const asOpsgenieAction = ({ action, ...rest }: OpsgenieAction) => ({
  opsgenie_action: action,
  ...rest,
});

/** An acknowledgement that is taken back begins nothing: the alert may be closed, or unknown. */
const states: ReadonlyMap<string, SignalState> = new Map([
  ['close', 'resolved'],
  ['delete', 'resolved'],
  ['acknowledge', 'acknowledged'],
  ['unacknowledge', 'acknowledged'],
]);

/** What a request does to its alert: it ends it, acknowledges it, or says something about it. */
export function translateAction(said: JsonRecord, receipt: Receipt): Translation {
  const action = textOf(said.opsgenie_action) ?? '';
  if (!opsgenieActions.includes(action)) return refused(`action: There is no action '${action}'.`);
  const named = alertNamed(said, receipt);
  if (typeof named !== 'string') return named;
  const body = recordOf(said.body);
  if (action === 'notes' && textOf(body.note) === undefined) return refused('note: Note can not be empty.');
  const at = receipt.receivedAt;
  const state = states.get(action);
  const unacknowledged = action === 'unacknowledge';
  const remark = state === undefined || unacknowledged ? remarkOf(action, said, body) : undefined;
  const remarks: Remark[] =
    remark === undefined ? [] : [{ fingerprint: named, at, ...byOf(body), text: remark }];
  if (action !== 'notes') remarks.push(...noteOf(body, named, at));
  const found = { fingerprint: named, time: at, unacknowledged, ...byOf(body) };
  return {
    signals: state === undefined ? [] : [compose({ ...found, state }, receipt)],
    remarks,
    dedupKey: requestIdOf({ action, at, alert: named }),
  };
}

/**
 * The id of the alert that a request names. Whoever took the request found a tiny id in the table, and that the alert is of no
 * other integration.
 */
function alertNamed({ identifier, type }: JsonRecord, { integration }: Receipt): string | Translation {
  const text = textOf(identifier) ?? '';
  if (!identifierTypes.includes(type as IdentifierType)) {
    return refused('identifierType: The type of an identifier is id, alias or tiny.');
  }
  if (text === '' || text.length > LONGEST_ALIAS) return refused('identifier: The identifier is not valid.');
  return type === 'alias' ? idOfAlias(integration, text) : idNamed(integration, text);
}

/** What a request says about its alert, in a sentence. */
function remarkOf(action: string, said: JsonRecord, body: JsonRecord): string {
  const note = textOf(body.note);
  const text = action === 'notes' && note !== undefined ? note : sentenceOf(action, said, body);
  return paragraph(text, 2_000).text;
}

function sentenceOf(action: string, { removes, name }: JsonRecord, body: JsonRecord): string {
  const verb = removes === true ? 'removed' : 'added';
  switch (action) {
    case 'tags':
      return `Tags ${verb}: ${namesIn(body.tags)}`;
    case 'details':
      return `Details ${verb}: ${outline(body.details ?? body.keys ?? {}, 1_000)}`;
    case 'snooze':
      return `Snoozed until ${textOf(body.endTime) ?? 'an unknown time'}; here it goes on paging`;
    case 'escalate':
      return `Escalation asked for: ${nameIn(body.escalation)}`;
    case 'assign':
      return `Assigned to ${nameIn(body.owner)}`;
    case 'responders':
    case 'teams':
      return `${action === 'teams' ? 'Team' : 'Responder'} added: ${nameIn(body.responder ?? body.team)}`;
    case 'actions':
      return `Action asked for: ${textOf(name) ?? 'one without a name'}`;
    case 'unacknowledge':
      return 'Acknowledgement taken back in the tool of the sender';
    default:
      return `New ${action}: ${textOf(body[action]) ?? ''}`;
  }
}

const nameIn = (value: unknown): string =>
  (isRecord(value) ? firstText(value, ['name', 'username', 'id']) : textOf(value)) ?? 'nobody named';
