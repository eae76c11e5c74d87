import { type Instant, isSame, Refusal } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { checkComponents } from './decide-components.ts';
import { fact, missing, patched } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { Affected, Impact, PageIncident, Update, Working } from './nouns.ts';
import { one, type PageState } from './state.ts';

type Command<Do extends PageCommand['do']> = Extract<PageCommand, { do: Do }>;

/** Publishes an incident with its first update. */
export function publishIncident(
  state: PageState,
  command: Command<'publish-incident'>,
  now: Instant,
): readonly NewPageFact[] {
  const { id, title, internal, source, affected, impact = impactOf(affected) } = command;
  if (one(state, 'incident', id)) return [];
  checkComponents(
    state,
    affected.map(({ component }) => component),
  );
  const is: PageIncident = {
    id,
    title,
    impact,
    internal,
    ...(source && { source }),
    ...after(command.state, command.state === 'resolved' ? [] : affected, now),
    createdAt: now,
    updatedAt: now,
  };
  const update = updateOf(state, { ...command, incident: id, affected: is.affected }, now);
  return fact(
    'update.published',
    now,
    { kind: 'incident', id, is },
    { kind: 'update', id: update.id, is: update },
  );
}

/** Publishes what is new about an incident. The last update, resolved, sets its components free. */
export function publishUpdate(
  state: PageState,
  command: Command<'publish-update'>,
  now: Instant,
): readonly NewPageFact[] {
  const { incident: id, affected } = command;
  if (one(state, 'update', command.update)) return [];
  const before = incidentOf(state, id);
  if (before.state === 'resolved') {
    throw new Refusal(
      'conflict',
      'This incident is resolved; publish another one if it is not over.',
      'path.id',
    );
  }
  if (affected)
    checkComponents(
      state,
      affected.map(({ component }) => component),
    );
  const touched = command.state === 'resolved' ? [] : (affected ?? before.affected);
  const is: PageIncident = { ...before, ...after(command.state, touched, now), updatedAt: now };
  const update = updateOf(state, { ...command, affected: is.affected }, now);
  return fact(
    'update.published',
    now,
    { kind: 'incident', id, is },
    { kind: 'update', id: update.id, is: update },
  );
}

/** Changes what stands over the updates. */
export function changeIncident(
  state: PageState,
  { id, change }: Command<'change-incident'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = incidentOf(state, id);
  const is = patched(before, change);
  return isSame(is, before) ? [] : fact('page-incident.changed', now, { kind: 'incident', id, is });
}

function after(state: PageIncident['state'], affected: readonly Affected[], now: Instant) {
  return { state, affected, ...(state === 'resolved' && { resolvedAt: now }) };
}

function updateOf(
  { version }: PageState,
  { update: id, incident, state, text, affected }: Omit<Command<'publish-update'>, 'do'>,
  now: Instant,
): Update {
  return { id, incident, state, text, affected: affected ?? [], at: now, number: version + 1 };
}

/** The incident of a page by its id, refused when there is none. */
export function incidentOf(state: PageState, id: string): PageIncident {
  const found = one(state, 'incident', id);
  if (!found) throw missing('incident', id);
  return found;
}

const byStatus: Readonly<Record<Working, Impact>> = {
  operational: 'none',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};

/** How much an incident matters when nobody said: as its worst component does. */
export function impactOf(affected: readonly Affected[]): Impact {
  const order: readonly Impact[] = ['none', 'minor', 'major', 'critical'];
  return order[Math.max(0, ...affected.map(({ status }) => order.indexOf(byStatus[status])))] ?? 'none';
}
