import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceNamed } from '../../labels.ts';
import { firstText, firstValue, isSecretName, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { Receipt, Translated } from '../../source.ts';
import type { Told } from './index.ts';

/** An alert rule that an event fulfilled. It never says that it is over: the issue of the event does. */
export function translateEventAlert(
  _action: string,
  { event, triggered_rule, issue_alert }: JsonRecord,
  { receipt }: Told,
): Translated | undefined {
  const said = recordOf(event);
  const id = textOf(said.issue_id);
  if (id === undefined) return undefined;
  const rule = textOf(triggered_rule) ?? textOf(recordOf(issue_alert).title);
  const found = {
    ...{ id, event: said, rule },
    title: firstText(said, ['title', 'message']),
    project: projectOf(said),
    link: said.web_url,
  };
  return firing(found, receipt);
}

/** The plugin "Webhooks": the issue's id, its project and one event, flat. */
export function translateLegacy(body: JsonRecord, receipt: Receipt): Translated | undefined {
  const id = textOf(body.id);
  if (id === undefined || !isRecord(body.event)) return undefined;
  const rules: unknown[] = Array.isArray(body.triggering_rules) ? body.triggering_rules.slice(0, 10) : [];
  const event = { ...body.event, level: body.level ?? body.event.level, culprit: body.culprit };
  const found = {
    ...{ id, event },
    rule: rules.flatMap((rule) => textOf(rule) ?? []).join(', ') || undefined,
    title: textOf(body.message) ?? firstText(event, ['title', 'message']),
    project: firstText(body, ['project_slug', 'project_name', 'project']),
    link: body.url,
  };
  return firing(found, receipt);
}

/** What both kinds say of an event. */
interface Found {
  readonly id: string;
  readonly event: JsonRecord;
  readonly rule: string | undefined;
  readonly title: string | undefined;
  readonly project: string | undefined;
  readonly link: unknown;
}

function firing({ id, event, rule, title, project, link }: Found, receipt: Receipt): Translated {
  const culprit = textOf(event.culprit);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'issue', id),
      state: 'firing',
      time: firstValue(event, ['datetime', 'timestamp', 'received']),
      title: title?.trim().split(/[\r\n]/, 1)[0],
      description: descriptionOf(title, culprit, rule),
      severity: severityOf(event.level),
      service: serviceNamed(project),
      labels: { ...tagsOf(event.tags), ...eventLabels(event), rule, culprit },
      links: [{ href: link, text: 'Sentry' }],
    },
    receipt,
  );
  return { signals: [signal] };
}

const eventLabels = ({ platform, environment, release, event_id, project }: JsonRecord): JsonRecord => ({
  ...{ platform, release, event_id, project },
  ...(environment !== undefined && { environment }),
});

/** More than one line of a message, where it happened, and by which rule it is told. */
function descriptionOf(
  title: string | undefined,
  culprit: string | undefined,
  rule: string | undefined,
): string | undefined {
  const lines = [
    title !== undefined && /[\r\n]/.test(title.trim()) ? title : undefined,
    culprit === undefined ? undefined : `In ${culprit}`,
    rule === undefined ? undefined : `Rule: ${rule}`,
  ];
  return lines.filter((line) => line !== undefined).join('\n') || undefined;
}

/** The project's slug: an event names its project by number, its API address by slug. */
function projectOf(event: JsonRecord): string | undefined {
  const named = firstText(event, ['project_slug', 'project_name']);
  const slug = /\/projects\/[^/]+\/([^/]+)\//.exec((textOf(event.url) ?? '').slice(0, 1_000))?.[1];
  return named ?? slug;
}

/** Whose browser it was is Sentry's to know. */
const ofUser = (name: string): boolean => name === 'user' || name.startsWith('user.');

/** Tags are pairs of name and value; those whose names say that they are secret or of a user are left out. */
function tagsOf(tags: unknown): JsonRecord {
  const list: unknown[] = Array.isArray(tags) ? tags.slice(0, 64) : [];
  return Object.fromEntries(
    list.filter(Array.isArray).flatMap(([name, value]: unknown[]) => {
      const text = textOf(name);
      return text === undefined || isSecretName(text) || ofUser(text) ? [] : [[text, value]];
    }),
  );
}
