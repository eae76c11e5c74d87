import { digest, isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceIn, serviceNamed } from '../../labels.ts';
import { limits } from '../../limits.ts';
import type { SaidLink } from '../../links.ts';
import { firstText, openFields, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { SignalState } from '../../signal.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { keyOnly } from '../../verification.ts';
import { translateChange } from './change-event.ts';
import { groupInDetails } from './details.ts';
import { eventFaults, eventStates } from './faults.ts';
import { eventOfGeneric, genericFaults } from './generic-event.ts';

/**
 * PagerDuty's events API as a drop-in: version 2 with its change events, and version 1, which old Alertmanagers speak. What it
 * refuses is refused in the same words.
 */
export const pagerdutyEvents: AlertSource = {
  product: 'PagerDuty Events',
  verification: keyOnly,
  translate(body, receipt) {
    const said = recordOf(body);
    if (Object.hasOwn(said, 'change_event')) return translateChange(said.change_event, receipt);
    const isGeneric = Object.hasOwn(said, 'generic_event');
    const event = isGeneric ? eventOfGeneric(said.generic_event) : said;
    const faults = isGeneric ? genericFaults(recordOf(said.generic_event)) : eventFaults(event);
    const [first, ...rest] = faults;
    if (first !== undefined) return { refused: { code: 'invalid', errors: [first, ...rest] } };
    return translateEvent(event, eventStates.get(event.event_action) ?? 'firing', receipt);
  },
};

function translateEvent(event: JsonRecord, state: SignalState, receipt: Receipt): Translation {
  const payload = recordOf(event.payload);
  const details = recordOf(payload.custom_details);
  const said = severityOf(payload.severity);
  const group = groupInDetails(details, state, said);
  const dedupKey = textOf(event.dedup_key) ?? digest('dedup_key', receipt.receipt).slice(0, 32);
  const summary = textOf(payload.summary);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'dedup_key', dedupKey),
      state,
      time: payload.timestamp ?? group?.time,
      title: summary,
      description: descriptionOf(payload, summary) ?? group?.description ?? firstText(details, words),
      severity: isDefault(payload.severity) ? (group?.severity ?? said) : (said ?? group?.severity),
      service: serviceOf(payload, details) ?? group?.service,
      labels: labelsOf(payload, details),
      links: linksOf(event),
    },
    receipt,
  );
  return { signals: [signal], dedupKey };
}

/** Alertmanager sends "error" for whatever it was not told; only then do the labels of its alerts know better. */
function isDefault(severity: unknown): boolean {
  const said = textOf(severity)?.trim().toLowerCase();
  return said === undefined || said === 'error';
}

/** Where senders put sentences among the details. */
const words = ['description', 'message', 'details', 'body', 'text'];

/** A summary that is too long for a title is kept whole below it. */
function descriptionOf(payload: JsonRecord, summary: string | undefined): string | undefined {
  const said = textOf(payload.custom_details);
  return said ?? (summary !== undefined && summary.length > limits.title ? summary : undefined);
}

/** Senders that must fill these fields put their own name or "default" there, which names no service. */
function serviceOf(payload: JsonRecord, details: JsonRecord): string | undefined {
  const told = [serviceIn(payload, ['component']), serviceIn(payload, ['group'])];
  const named = told.find(
    (service) => service !== undefined && service !== 'grafana' && service !== 'default',
  );
  return serviceNamed(firstText(details, ['service', 'service_name'])) ?? named;
}

function labelsOf(payload: JsonRecord, details: JsonRecord): JsonRecord {
  const { source, component, group, class: class_ } = payload;
  return { source, component, group, class: class_, ...openFields(details) };
}

function linksOf(event: JsonRecord): readonly SaidLink[] {
  const links: unknown[] = Array.isArray(event.links) ? event.links.slice(0, 20) : [];
  const said = links.filter(isRecord).map(({ href, text }) => ({ href, text: text ?? href }));
  return [...said, { href: event.client_url, text: event.client ?? 'Source' }];
}
