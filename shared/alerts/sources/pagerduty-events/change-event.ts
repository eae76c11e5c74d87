import { isRecord, type JsonRecord, jsonDigest, recordOf } from '../../../kernel/index.ts';
import type { ChangeKind, SaidChange } from '../../change.ts';
import { eventTime } from '../../event-time.ts';
import { serviceIn } from '../../labels.ts';
import { limits } from '../../limits.ts';
import { readLinks } from '../../links.ts';
import { firstText } from '../../reading.ts';
import type { Receipt, Translation } from '../../source.ts';
import { line } from '../../text.ts';
import { changeFaults } from './faults.ts';

/** The body of a change event, marked as such for the translator: without its address it is an event without an action. */
export const asChangeEvent = (body: unknown) => ({ change_event: body });

/** What a change event tells. It never pages. */
export function translateChange(body: unknown, receipt: Receipt): Translation {
  const event = recordOf(body);
  const [first, ...rest] = changeFaults(event);
  if (first !== undefined) return { refused: { code: 'invalid', errors: [first, ...rest] } };
  return { signals: [], changes: [changeOf(event, recordOf(event.payload), receipt)] };
}

function changeOf(event: JsonRecord, payload: JsonRecord, receipt: Receipt): SaidChange {
  const details = recordOf(payload.custom_details);
  const title = line(firstText(payload, ['summary']) ?? '', limits.title).text || 'Change without a name';
  const service = serviceIn(details, ['service', 'service_name', 'app', 'application', 'component']);
  const version = oneLine(firstText(details, versions));
  const by = oneLine(firstText(details, people));
  const link = linkIn(event);
  return {
    kind: kindOf(`${title} ${firstText(details, ['kind', 'type', 'change_type']) ?? ''}`),
    title,
    at: eventTime(payload.timestamp, receipt.receivedAt).at,
    ...(service && { service }),
    ...(version && { version }),
    ...(by && { by }),
    ...(link && { link }),
    // With a time of its own it is the same each time that it is sent.
    ...(payload.timestamp !== undefined && { key: jsonDigest([payload, event.links ?? null]) }),
  };
}

const versions = ['version', 'release', 'tag', 'revision', 'commit', 'sha', 'build_number', 'build'];
const people = ['by', 'user', 'author', 'deployed_by', 'actor', 'committer'];

const kinds: readonly (readonly [RegExp, ChangeKind])[] = [
  [/feature.?flag|toggle/i, 'feature-flag'],
  [/deploy|release|build|roll(ed|ing)?.?(out|back)|ship/i, 'deployment'],
  [/config|setting/i, 'configuration'],
  [/terraform|infrastructure|migrat|scal(ed?|ing)|upgrade|patch/i, 'infrastructure'],
];

/** What kind of change the words of its summary speak of. */
function kindOf(words: string): ChangeKind {
  return kinds.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
}

const oneLine = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : line(text, 100).text;

function linkIn(event: JsonRecord): string | undefined {
  const links: unknown[] = Array.isArray(event.links) ? event.links.slice(0, 20) : [];
  return readLinks(links.filter(isRecord).map(({ href, text }) => ({ href, text }))).links[0]?.href;
}
