import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { firstText, textOf } from '../../reading.ts';

/** Where templates of Datadog users say what, ours first; names are compared without regard to case and to what joins their words. */
const names = {
  transition: ['alert_transition', 'transition', 'monitor_transition'],
  type: ['alert_type'],
  state: ['state', 'status', 'monitor_state'],
  cycle: ['alert_cycle_key', 'cycle_key', 'alert_cycle'],
  aggregate: ['aggreg_key', 'aggregation_key', 'aggregate_key'],
  key: ['dedup_key', 'incident_key', 'key'],
  monitor: ['alert_id', 'monitor_id'],
  scope: ['alert_scope', 'scope', 'monitor_scope'],
  title: ['alert_title', 'title', 'event_title', 'monitor_name'],
  text: ['text', 'text_only_msg', 'body', 'event_msg', 'message', 'msg', 'description', 'alert_status'],
  priority: ['alert_priority', 'monitor_priority', 'priority'],
  severity: ['severity'],
  service: ['service', 'service_name'],
  host: ['hostname', 'host'],
  metric: ['alert_metric', 'metric'],
  link: ['link', 'url', 'event_url', 'monitor_url'],
  snapshot: ['snapshot', 'snapshot_url', 'image_url'],
  date: ['date', 'timestamp', 'time', 'date_posix', 'last_updated'],
} as const satisfies Record<string, readonly string[]>;

/** What a body says, by meaning. */
export type Said = Partial<Record<keyof typeof names, string>> & { readonly tags: readonly string[] };

/** A variable that Datadog does not know stays as it was written; one that is not set becomes an empty text. */
const UNKNOWN_VARIABLE = /^\$[A-Z][A-Z0-9_]*(\[[^\]]*\])?$/;

/** Fields that are looked at; no template has more. */
const LOOKED_AT = 400;

/** Reads a body by the names that users of Datadog give to its variables. */
export function saidIn(body: unknown): Said {
  const entries = Object.entries(recordOf(body)).slice(0, LOOKED_AT);
  const fields: JsonRecord = Object.fromEntries(
    entries.filter(([, value]) => isSet(value)).map(([name, value]) => [plain(name), value]),
  );
  const said = Object.entries(names).map(([meaning, each]) => [meaning, firstText(fields, each)] as const);
  return { ...Object.fromEntries(said.filter(([, text]) => text !== undefined)), tags: tagsOf(fields.tags) };
}

const isSet = (value: unknown): boolean => typeof value !== 'string' || !UNKNOWN_VARIABLE.test(value.trim());

/** `alertTransition`, `ALERT-TRANSITION` and `alert_transition` are one name. */
function plain(name: string): string {
  const spaced = name.slice(0, 100).replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return spaced.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
}

/** Tags as their template writes them: one text with commas, or a list. */
function tagsOf(tags: unknown): readonly string[] {
  const texts: readonly unknown[] =
    typeof tags === 'string' ? partsOf(tags) : Array.isArray(tags) ? tags : [];
  return texts.slice(0, LOOKED_AT).flatMap((tag) => textOf(tag)?.trim() ?? []);
}

/** The parts of a text with commas: tags, or the scope of a monitor. */
export function partsOf(text: string): readonly string[] {
  return text
    .slice(0, 10_000)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*');
}

/** Tags as labels: those of one name together, and `true` for a bare one. */
export function labelsOfTags(tags: readonly string[]): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  for (const tag of new Set(tags)) {
    const [, name = tag, value = 'true'] = /^([^:]+):(.*)$/s.exec(tag) ?? [];
    const before = labels.get(name);
    labels.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(labels);
}
