import { alertLimits, type Severity, type Signal, serviceNamed } from '../../alerts/index.ts';
import { cut, searchable } from '../../kernel/index.ts';
import type { QueuedSignals } from '../batch.ts';
import type { Subject } from './subject.ts';

/** A signal with where it came from. */
export interface Received {
  readonly signal: Signal;
  readonly from: Pick<
    QueuedSignals,
    'source' | 'integration' | 'receipt' | 'receivedAt' | 'queuedAt' | 'tellsState' | 'isPutOff'
  >;
  /** The time of the signal is the one at which it counts, and not what its sender said. */
  readonly isMoved?: true;
}

/** The severity of an alert whose source and rules say nothing. */
export const UNSAID: Severity = 'P3_MEDIUM';

/** Title and description as one text, in which patterns of rules are searched. */
export const TEXT = '@';

/** Names a subject among others; labels cannot meet fields. */
export const keyOf = (subject: Subject): string =>
  'field' in subject ? `@${subject.field}` : `:${subject.label}`;

/** Whether rules may set what stands under a key. */
export const isSet = (key: string): boolean =>
  key === '@severity' || key === '@service' || key === '@title' || key === TEXT;

/** What rules may set of an alert, and ask again afterwards. */
export interface Said {
  readonly severity?: Severity;
  readonly service?: string;
  readonly title?: string;
}

/** What an alert answers to the conditions of rules, also what rules before have set of it. */
export class Asked {
  readonly received: Received;
  /** The keys whose values rules have changed, one change after the other, so that only these are asked anew. */
  readonly changed: string[] = [];
  private said: Said = {};
  private readonly values = new Map<string, string>();
  private readonly folds = new Map<string, string>();

  constructor(received: Received) {
    this.received = received;
  }

  get severity(): Severity {
    return this.said.severity ?? this.received.signal.severity ?? UNSAID;
  }

  get service(): string | undefined {
    return this.said.service ?? this.received.signal.service;
  }

  get title(): string | undefined {
    return this.said.title ?? this.received.signal.title;
  }

  /** The title that a rule has set. */
  get newTitle(): string | undefined {
    return this.said.title;
  }

  /** The value under a key; empty for what is missing. */
  value(key: string): string {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const value = this.read(key);
    this.values.set(key, value);
    return value;
  }

  /** The value as it is searched. */
  fold(key: string): string {
    const known = this.folds.get(key);
    if (known !== undefined) return known;
    const fold = searchable(this.value(key));
    this.folds.set(key, fold);
    return fold;
  }

  /** Whether anybody said it. */
  isThere(key: string): boolean {
    if (key !== '@severity') return this.value(key) !== '';
    return (this.said.severity ?? this.received.signal.severity) !== undefined;
  }

  /** All that has a value. */
  *keys(): Generator<string> {
    yield* [TEXT, '@title', '@description', '@service', '@severity', '@source', '@integration'];
    for (const label of Object.keys(this.received.signal.labels)) yield `:${label}`;
  }

  /** Takes what a rule sets; whether that changes anything. */
  set({ severity, service, title }: { readonly [name in keyof Said]?: Said[name] | undefined }): boolean {
    const before = this.said;
    const named = serviceNamed(service);
    const said: Said = {
      ...before,
      ...(severity && { severity }),
      ...(named !== undefined && { service: named }),
      ...(title?.trim() && { title: cut(title.trim(), 250) }),
    };
    const changed = [
      ...(said.severity === before.severity ? [] : ['@severity']),
      ...(said.service === before.service ? [] : ['@service']),
      ...(said.title === before.title ? [] : ['@title', TEXT]),
    ];
    this.said = said;
    for (const key of changed) {
      this.values.delete(key);
      this.folds.delete(key);
      this.changed.push(key);
    }
    return changed.length > 0;
  }

  private read(key: string): string {
    const { signal, from } = this.received;
    switch (key) {
      case TEXT:
        return `${this.value('@title')}\n${this.value('@description')}`;
      case '@title':
        return (this.title ?? '').slice(0, alertLimits.title);
      case '@description':
        return (signal.description ?? '').slice(0, alertLimits.description);
      case '@service':
        return this.service ?? '';
      case '@severity':
        return this.severity;
      case '@source':
        return from.source;
      case '@integration':
        return from.integration;
      default:
        return (labelOf(signal, key.slice(1)) ?? '').slice(0, alertLimits.labelValue);
    }
  }
}

/** Only what the source said: a rule may name `constructor`. */
export const labelOf = ({ labels }: Signal, name: string): string | undefined =>
  Object.hasOwn(labels, name) ? labels[name] : undefined;

/** Whether rules see the same in two signals of one alert, whenever they came. */
export function saysTheSame(one: Received, other: Received): boolean {
  const [a, b] = [one.signal, other.signal];
  const names = Object.keys(a.labels);
  return (
    one.from.source === other.from.source &&
    one.from.integration === other.from.integration &&
    a.fingerprint === b.fingerprint &&
    a.title === b.title &&
    a.description === b.description &&
    a.service === b.service &&
    a.severity === b.severity &&
    names.length === Object.keys(b.labels).length &&
    names.every((name) => labelOf(a, name) === labelOf(b, name))
  );
}
