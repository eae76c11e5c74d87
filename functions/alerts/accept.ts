import { type AlertSource, sources } from '../../shared/alerts/index.ts';
import { allDone } from '../aws/all-done.ts';
import { confirm } from './confirm-sns.ts';
import type { Taken } from './entrances/index.ts';
import { messagesOf } from './messages.ts';
import { available } from './open-door.ts';
import type { IntegrationDoor, Storing } from './ports.ts';
import { BodyRefused } from './refusals.ts';
import { store } from './store.ts';

/** What is known of a POST beside its body. */
interface Delivery {
  readonly receipt: string;
  /** Under lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Keeps what was sent for whoever looks at it; never fails. */
  keep?(): Promise<void>;
}

/** Translates a body and stores what it says; returns only when the queue or the table has it. */
export async function accept(
  body: unknown,
  { receipt, headers, keep }: Delivery,
  { source, org, id: integration, options }: IntegrationDoor,
  ports: Storing,
): Promise<Taken> {
  const receivedAt = ports.now();
  const { reads = [], translate, tellsState } = sources[source] as AlertSource;
  const read = Object.fromEntries(reads.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
  const { mapping, insufficientData } = options ?? {};
  const known = { receipt, receivedAt, integration, headers: read };
  const translation = translate(body, { ...known, mapping, insufficientData });
  if ('refused' in translation) throw new BodyRefused(translation.refused.code, translation.refused.errors);
  if (translation.confirmation) await confirm(translation.confirmation, options?.topics, ports);
  const { signals, remarks = [], changes = [], dedupKey, ignored, faults = [] } = translation;
  const messages = messagesOf(
    { org, integration, source, receipt, receivedAt, ...(tellsState && { tellsState }) },
    translation,
  );
  const stored = messages.length > 0 ? store(messages, ports) : undefined;
  await allDone([available('The alert could not be stored', stored, ports), keep?.()]);
  const asides = remarks.length + changes.length;
  return { receipt, signals: signals.length, asides, dedupKey, ignored, faults };
}
