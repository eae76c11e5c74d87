import type * as z from 'zod';
import { DAY, type Instant, toText } from '../kernel/index.ts';
import type { statusView } from './api-view.ts';
import { publicPage } from './audience.ts';
import { presentComponents } from './decide-components.ts';
import type {
  Component,
  ComponentStatus,
  Group,
  Impact,
  Maintenance,
  PageIncident,
  Update,
} from './nouns.ts';
import { compare, inOrder } from './placing.ts';
import { courses, isUnderWay, statusAt } from './standing.ts';
import { all, type PageState, settingsOf } from './state.ts';
import { uptimeOf } from './uptime.ts';

/** A page as the API and its files tell it, and as `StatusPage` shows it. */
export type StatusView = z.input<typeof statusView>;
export type ComponentView = StatusView['components'][number];
export type PageIncidentView = StatusView['incidents'][number];
export type MaintenanceView = StatusView['maintenance'][number];

/** How long ago what is over may have ended, to be told on the page. */
const PAST = 15 * DAY;

/** What names a page and when it is looked at. */
export interface Looking {
  readonly id: string;
  readonly now: Instant;
}

/** The page as everybody may see it. */
export const viewPublic = (state: PageState, looking: Looking): StatusView =>
  viewOf(publicPage(state), looking, false);

/** The page as members see it: with what is internal, the services behind components and the incidents behind incidents. */
export const viewInternal = (state: PageState, looking: Looking): StatusView => viewOf(state, looking, true);

function viewOf(state: PageState, { id, now }: Looking, isInternal: boolean): StatusView {
  const courseOf = courses(state);
  const present = presentComponents(state).toSorted(inOrder);
  const groups = all(state, 'group')
    .filter(({ removedAt }) => removedAt === undefined)
    .toSorted(inOrder);
  const grouped = new Set(groups.map(({ id }) => id as string));
  const components = present
    .map((one) => viewComponent(one, courseOf(one.id), now, isInternal))
    .map(({ group, ...one }) => (group !== undefined && grouped.has(group) ? { ...one, group } : one));
  const incidents = incidentsOf(state, isInternal);
  const maintenance = all(state, 'maintenance')
    .filter(({ cancelledAt, until }) => cancelledAt === undefined && until > now)
    .toSorted((a, b) => a.from - b.from || compare(a.id, b.id))
    .map((one) => viewMaintenance(one, now, isInternal));
  const unresolved = incidents.filter(({ state }) => state !== 'resolved');
  const past = incidents.filter(
    ({ resolvedAt }) => resolvedAt !== undefined && Date.parse(resolvedAt) > now - PAST,
  );
  return {
    page: { id, ...settingsOf(state) },
    version: state.version,
    updatedAt: toText(now),
    ...summaryOf(components, unresolved),
    components,
    groups: groups.flatMap((group) => viewGroup(group, present, isInternal)),
    incidents: unresolved,
    maintenance,
    past,
  };
}

function viewComponent(
  { id, name, description, group, internal, services, createdAt }: Component,
  course: Parameters<typeof statusAt>[0],
  now: Instant,
  isInternal: boolean,
): ComponentView {
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    ...(group !== undefined && { group }),
    status: statusAt(course, now),
    ...(isInternal && { internal, services: [...services] }),
    uptime: uptimeOf({ createdAt }, course, now),
  };
}

/** A group with nothing in it is for those alone who fill it. */
function viewGroup(
  { id, name }: Group,
  present: readonly Component[],
  isInternal: boolean,
): StatusView['groups'] {
  const components = present.filter(({ group }) => group === id).map((one) => one.id);
  return isInternal || components.length > 0 ? [{ id, name, components }] : [];
}

/** Newest first, each with its updates, newest first. */
function incidentsOf(state: PageState, isInternal: boolean): readonly PageIncidentView[] {
  const updates = Map.groupBy(all(state, 'update'), ({ incident }) => incident);
  return all(state, 'incident')
    .toSorted((a, b) => b.createdAt - a.createdAt || compare(b.id, a.id))
    .map((one) => viewIncident(one, updates.get(one.id) ?? [], isInternal));
}

function viewIncident(
  { id, title, impact, state, affected, createdAt, updatedAt, resolvedAt, internal, source }: PageIncident,
  updates: readonly Update[],
  isInternal: boolean,
): PageIncidentView {
  return {
    id,
    title,
    impact,
    state,
    affected: affected.map((one) => ({ ...one })),
    createdAt: toText(createdAt),
    updatedAt: toText(updatedAt),
    ...(resolvedAt !== undefined && { resolvedAt: toText(resolvedAt) }),
    ...(isInternal && { internal, ...(source && { source: { ...source } }) }),
    updates: updates.toSorted((a, b) => b.number - a.number).map(viewUpdate),
  };
}

const viewUpdate = ({ id, state, text, affected, at, correctedAt, withdrawnAt }: Update) => ({
  id,
  state,
  text,
  affected: affected.map((one) => ({ ...one })),
  at: toText(at),
  ...(correctedAt !== undefined && { correctedAt: toText(correctedAt) }),
  ...(withdrawnAt !== undefined && { withdrawnAt: toText(withdrawnAt) }),
});

function viewMaintenance(one: Maintenance, now: Instant, isInternal: boolean): MaintenanceView {
  const { id, title, text, components, from, until, createdAt, updatedAt, internal } = one;
  return {
    id,
    title,
    text,
    components: [...components],
    state: isUnderWay(one, now) ? 'in_progress' : 'scheduled',
    from: toText(from),
    until: toText(until),
    createdAt: toText(createdAt),
    updatedAt: toText(updatedAt),
    ...(isInternal && { internal }),
  };
}

const indicators = ['none', 'minor', 'major', 'critical'] as const satisfies readonly Impact[];
const byStatus: Readonly<Record<ComponentStatus, number>> = {
  operational: 0,
  under_maintenance: 0,
  degraded_performance: 1,
  partial_outage: 2,
  major_outage: 3,
};
const descriptions = {
  none: 'All Systems Operational',
  minor: 'Minor Service Outage',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
  maintenance: 'Service Under Maintenance',
} as const;

/** The page in one word, as senders and readers of Statuspage know it: the worst of its components and open incidents. */
function summaryOf(components: readonly ComponentView[], incidents: readonly PageIncidentView[]) {
  const worst = Math.max(
    0,
    ...components.map(({ status }) => byStatus[status]),
    ...incidents.map(({ impact }) => indicators.indexOf(impact)),
  );
  const isMaintained = worst === 0 && components.some(({ status }) => status === 'under_maintenance');
  const indicator = isMaintained ? 'maintenance' : (indicators[worst] ?? 'none');
  return { indicator, description: descriptions[indicator] } as const;
}
