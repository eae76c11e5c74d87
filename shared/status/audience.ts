import type { Component, PageIncident } from './nouns.ts';
import { all, type Kept, type PageState } from './state.ts';

/**
 * The page as everybody may see it: what is internal is taken out before anything is made of it, and so are the services and
 * incidents behind what stays. What is about internal components alone is internal.
 */
export function publicPage(state: PageState): PageState {
  const shown = new Set(
    all(state, 'component')
      .filter(({ internal }) => !internal)
      .map(({ id }) => id as string),
  );
  const isForAll = (ids: readonly string[]) => ids.length === 0 || ids.some((id) => shown.has(id));
  const everAffected = componentsOfIncidents(state);
  const incidents = new Set(
    all(state, 'incident')
      .filter(({ id, internal }) => !internal && isForAll([...(everAffected.get(id) ?? [])]))
      .map(({ id }) => id as string),
  );
  const things = [...state.things].flatMap(([name, kept]): [string, Kept][] => {
    const open = opened(kept, shown, incidents, isForAll);
    return open ? [[name, open]] : [];
  });
  return { version: state.version, things: new Map(things) };
}

/** A thing as everybody may see it; undefined when they may not. */
function opened(
  kept: Kept,
  shown: ReadonlySet<string>,
  incidents: ReadonlySet<string>,
  isForAll: (ids: readonly string[]) => boolean,
): Kept | undefined {
  switch (kept.kind) {
    case 'component':
      return shown.has(kept.id) ? { ...kept, is: withoutServices(kept.is) } : undefined;
    case 'mark':
      return shown.has(kept.is.component) ? kept : undefined;
    case 'incident':
      return incidents.has(kept.id)
        ? { ...kept, is: { ...withoutSource(kept.is), affected: seen(kept.is.affected, shown) } }
        : undefined;
    case 'update':
      return incidents.has(kept.is.incident)
        ? { ...kept, is: { ...kept.is, affected: seen(kept.is.affected, shown) } }
        : undefined;
    case 'maintenance': {
      const { internal, components } = kept.is;
      if (internal || !isForAll(components)) return undefined;
      return { ...kept, is: { ...kept.is, components: components.filter((id) => shown.has(id)) } };
    }
    case 'dismissal':
      return undefined;
    case 'settings':
    case 'group':
      return kept;
  }
}

/** All components that an incident ever touched: its last update may name none any more. */
function componentsOfIncidents(state: PageState): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { incident, affected } of all(state, 'update')) {
    const ids = found.get(incident) ?? new Set<string>();
    for (const { component } of affected) ids.add(component);
    found.set(incident, ids);
  }
  return found;
}

const seen = <A extends { readonly component: string }>(affected: readonly A[], shown: ReadonlySet<string>) =>
  affected.filter(({ component }) => shown.has(component));

const withoutServices = (component: Component): Component => ({ ...component, services: [] });

const withoutSource = ({ source: _, ...incident }: PageIncident): PageIncident => incident;
