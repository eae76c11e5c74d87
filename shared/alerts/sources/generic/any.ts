import { isRecord, type JsonRecord, jsonDigest, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { identityOfLabels, serviceIn } from '../../labels.ts';
import { limits } from '../../limits.ts';
import type { SaidLink } from '../../links.ts';
import { firstText, firstValue, outline, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { Signal, SignalState } from '../../signal.ts';
import type { Receipt, Translation } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { clip, folded } from '../../text.ts';
import { tooMany } from '../../too-many.ts';
import { fields, spareLabels } from './fields.ts';

/** How a body came here: `generic` marks what a translator of its own did not understand. */
export interface Arrival {
  readonly generic: boolean;
}

/** Any JSON as signals: an object is one, a list is one each. Nothing that says something is thrown away. */
export function translateGeneric(body: unknown, receipt: Receipt, arrival: Arrival): Translation {
  if (!Array.isArray(body)) return { signals: [genericSignal(body, receipt, arrival)] };
  if (body.length > limits.signals) return tooMany(body.length);
  return { signals: body.map((each) => genericSignal(each, receipt, arrival)) };
}

/** One signal from one JSON value. */
export function genericSignal(value: unknown, receipt: Receipt, arrival: Arrival): Signal {
  const said = unwrapped(recordOf(value));
  const key = firstText(said, fields.key);
  const title = titleOf(said);
  if (key === undefined && title === undefined) return unknown(value, receipt);
  const state = stateIn(said);
  const labels = isRecord(said.labels) ? said.labels : {};
  const service = serviceIn(said, fields.service) ?? serviceIn(labels);
  return compose(
    {
      fingerprint:
        key === undefined
          ? fingerprintOf(
              receipt.integration,
              'title',
              folded(title ?? ''),
              service ?? '',
              ...identityOfLabels(labels),
            )
          : fingerprintOf(receipt.integration, 'key', key),
      state,
      time: firstValue(said, state === 'resolved' ? [...fields.end, ...fields.time] : fields.time),
      title: title ?? (state === 'firing' ? `Alert ${key}` : undefined),
      description: descriptionOf(said, title) ?? (title === undefined ? beginningOf(value) : undefined),
      severity: severityOf(firstValue(said, fields.severity)) ?? severityOf(labels.severity),
      service,
      labels: { ...spareLabels(said), ...labels },
      links: linksIn(said),
      generic: arrival.generic,
    },
    receipt,
  );
}

/** Where a person may look further, at the top or among the annotations, as Prometheus' rules have them. */
function linksIn(said: JsonRecord): readonly SaidLink[] {
  const annotations = isRecord(said.annotations) ? said.annotations : {};
  return [
    ...fields.link.map((name) => ({
      href: said[name],
      text: name === 'runbook_url' ? 'Runbook' : 'Source',
    })),
    { href: annotations.runbook_url ?? annotations.runbook, text: 'Runbook' },
    { href: annotations.dashboard_url ?? annotations.dashboard, text: 'Dashboard' },
  ];
}

/** So much of a body that says nothing in words we know is shown in its place, in UTF-16 units. */
const OUTLINE = 300;

/** A value in which nothing is recognised: kept in outline, named by all it holds, and marked. */
function unknown(value: unknown, receipt: Receipt): Signal {
  const text = textOf(value);
  return compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'body', jsonDigest(value)),
      state: 'firing',
      time: undefined,
      title: text === undefined ? 'Message of unknown form' : firstLine(text),
      description: begunWith(value),
      labels: spareLabels(recordOf(value)),
      generic: true,
    },
    receipt,
  );
}

/** What a message of unknown form held, said to be no more than that. */
function begunWith(value: unknown): string {
  const beginning = beginningOf(value);
  if (beginning.trim() === '') return 'The message was empty.';
  return `Nothing in this message was recognised. It begins:\n${beginning}`;
}

function beginningOf(value: unknown): string {
  return clip(outline(value, OUTLINE + 1), OUTLINE).text;
}

/** The data of a CloudEvent, which is the alert, with what its envelope says about it; any other object as it is. */
export function unwrapped(body: JsonRecord): JsonRecord {
  if (typeof body.specversion !== 'string' || !isRecord(body.data)) return body;
  return { service: body.subject, time: body.time, type: body.type, ...body.data };
}

/** The first field whose words we know decides; a body that names no state is a firing alert. */
function stateIn(said: JsonRecord): SignalState {
  for (const name of fields.state) {
    const state = Object.hasOwn(said, name) ? stateOf(said[name]) : undefined;
    if (state !== undefined) return state;
  }
  return said.resolved === true ? 'resolved' : 'firing';
}

function titleOf(said: JsonRecord): string | undefined {
  const text = firstText(said, fields.title);
  return text === undefined ? undefined : firstLine(text);
}

/** What was said beside the title, or the whole of what is too long for one. */
function descriptionOf(said: JsonRecord, title: string | undefined): string | undefined {
  return fields.description
    .map((name) => firstText(said, [name]))
    .find((text) => text !== undefined && (text !== title || text.length > limits.title));
}

function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? '';
}
