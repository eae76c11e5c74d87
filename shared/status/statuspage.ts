import { type Instant, toText } from '../kernel/index.ts';
import type { ComponentView, MaintenanceView, PageIncidentView, StatusView } from './view.ts';

/** The documents under `/api/v2/` that readers of Statuspage know, by file name. All arrays are always there. */
export type StatuspageDocuments = Readonly<Record<string, object>>;

/** The public page in the form of Statuspage's public API. `url` is the address of the page, with a slash at its end. */
export function statuspageDocuments(view: StatusView, url: string): StatuspageDocuments {
  const page = {
    id: view.page.id,
    name: view.page.name,
    url,
    time_zone: 'Etc/UTC',
    updated_at: view.updatedAt,
  };
  const status = { indicator: view.indicator, description: view.description };
  const components = componentsOf(view);
  const incidents = view.incidents.map((one) => incidentOf(one, view, components, url));
  const past = view.past.map((one) => incidentOf(one, view, components, url));
  const maintenances = view.maintenance.map((one) => maintenanceOf(one, view, components, url));
  return {
    'summary.json': { page, components, incidents, scheduled_maintenances: maintenances, status },
    'status.json': { page, status },
    'components.json': { page, components },
    'incidents.json': { page, incidents: [...incidents, ...past].slice(0, 50) },
    'incidents/unresolved.json': { page, incidents },
    'scheduled-maintenances.json': { page, scheduled_maintenances: maintenances },
    'scheduled-maintenances/upcoming.json': {
      page,
      scheduled_maintenances: maintenances.filter(({ status }) => status === 'scheduled'),
    },
    'scheduled-maintenances/active.json': {
      page,
      scheduled_maintenances: maintenances.filter(({ status }) => status === 'in_progress'),
    },
  };
}

type Component = ReturnType<typeof leafOf>;

/** Groups are components too, and stand before what is in them. */
function componentsOf(
  view: StatusView,
): readonly (Component & { readonly components?: readonly string[] })[] {
  const leaves = view.components.map((one, at) => leafOf(one, at + 1, view));
  const groups = view.groups.map(({ id, name, components }, at) => ({
    ...leafOf({ id, name, status: worstOf(view, components) }, at + 1, view),
    group: true,
    components,
  }));
  return [...groups, ...leaves];
}

const order = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;

function worstOf(view: StatusView, ids: readonly string[]): ComponentView['status'] {
  const statuses = view.components
    .filter(({ id }) => ids.includes(id))
    .map(({ status }) => order.indexOf(status));
  return order[Math.max(0, ...statuses)] ?? 'operational';
}

type Leaf = Pick<ComponentView, 'id' | 'name' | 'status' | 'description' | 'group'> & {
  readonly uptime?: ComponentView['uptime'];
};

function leafOf({ id, name, status, description, group, uptime }: Leaf, position: number, view: StatusView) {
  return {
    id,
    name,
    status,
    created_at: uptime ? `${uptime.since}T00:00:00.000Z` : view.updatedAt,
    updated_at: view.updatedAt,
    position,
    description: description ?? null,
    showcase: true,
    start_date: uptime?.since ?? null,
    group_id: group ?? null,
    page_id: view.page.id,
    group: false,
    only_show_if_degraded: false,
  };
}

function incidentOf(one: PageIncidentView, view: StatusView, components: readonly Component[], url: string) {
  const oldest = one.updates.filter(({ withdrawnAt }) => withdrawnAt === undefined).toReversed();
  const monitoring = oldest.find(({ state }) => state === 'monitoring');
  return {
    id: one.id,
    name: one.title,
    status: one.state,
    impact: one.impact,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    started_at: one.createdAt,
    monitoring_at: monitoring?.at ?? null,
    resolved_at: one.resolvedAt ?? null,
    shortlink: `${url}#${one.id}`,
    page_id: view.page.id,
    incident_updates: oldest
      .map(({ id, state, text, at, correctedAt, affected }, place) => ({
        id,
        status: state,
        body: text,
        incident_id: one.id,
        created_at: at,
        updated_at: correctedAt ?? at,
        display_at: at,
        affected_components: changesOf(oldest[place - 1]?.affected ?? [], affected, view),
      }))
      .toReversed(),
    components: components.filter(({ id }) => one.affected.some(({ component }) => component === id)),
  };
}

type Affected = PageIncidentView['affected'];

/** How an update found and left each component that it or the one before touches; null when there is none. */
function changesOf(before: Affected, after: Affected, view: StatusView) {
  const ids = [...new Set([...before, ...after].map(({ component }) => component))];
  const statusIn = (affected: Affected, id: string) =>
    affected.find(({ component }) => component === id)?.status ?? 'operational';
  const changes = ids.map((code) => ({
    code,
    name: view.components.find(({ id }) => id === code)?.name ?? code,
    old_status: statusIn(before, code),
    new_status: statusIn(after, code),
  }));
  return changes.length === 0 ? null : changes;
}

function maintenanceOf(
  one: MaintenanceView,
  view: StatusView,
  components: readonly Component[],
  url: string,
) {
  const begun: Instant = Date.parse(one.from);
  return {
    id: one.id,
    name: one.title,
    status: one.state,
    impact: 'maintenance',
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    started_at: toText(begun),
    monitoring_at: null,
    resolved_at: null,
    shortlink: `${url}#${one.id}`,
    scheduled_for: one.from,
    scheduled_until: one.until,
    page_id: view.page.id,
    incident_updates: [
      {
        id: `${one.id}-1`,
        status: one.state,
        body: one.text,
        incident_id: one.id,
        created_at: one.createdAt,
        updated_at: one.updatedAt,
        display_at: one.createdAt,
        affected_components: null,
      },
    ],
    components: components.filter(({ id }) => one.components.includes(id)),
  };
}
