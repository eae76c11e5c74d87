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

/** What rules may set of an alert, and ask again afterwards. */
export interface Said {
  readonly severity?: Severity;
  readonly service?: string;
  readonly title?: string;
}

/** What an alert answers to the conditions of rules, also what rules before have set of it. */
export class Asked {
  readonly received: Received;
  /** Another after each change, so that answers from before can be told. */
  state = Symbol();
  private said: Said = {};
  private values = new Map<string, string>();
  private folds = new Map<string, string>();

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
    if (said.severity === before.severity && said.service === before.service && said.title === before.title)
      return false;
    this.said = said;
    this.values = new Map();
    this.folds = new Map();
    this.state = Symbol();
    return true;
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
