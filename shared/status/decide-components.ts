import { type Instant, isSame, Refusal } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { fact, MOST, missing, next, patched, refuseMore } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { Component } from './nouns.ts';
import { placed } from './placing.ts';
import { all, type Entry, one, type PageState } from './state.ts';

type Command<Do extends PageCommand['do']> = Extract<PageCommand, { do: Do }>;

/** Adds a component at the end. Without a mark it is operational from now on. */
export function addComponent(
  state: PageState,
  { id, component }: Command<'add-component'>,
  now: Instant,
): readonly NewPageFact[] {
  if (one(state, 'component', id)) return [];
  const present = presentComponents(state);
  refuseMore(present.length, MOST.component, 'components');
  checkGroup(state, component.group);
  const { name, internal, position = next(present), description, group } = component;
  const is: Component = {
    id,
    name,
    ...(description !== undefined && { description }),
    ...(group !== undefined && { group }),
    position,
    internal,
    services: component.services,
    createdAt: now,
  };
  return fact('component.changed', now, { kind: 'component', id, is });
}

/** Changes what is said of a component; its history stays. */
export function changeComponent(
  state: PageState,
  { id, change, before: next }: Command<'change-component'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = componentOf(state, id);
  checkGroup(state, change.group ?? undefined);
  const is = patched<Component>(before, change as PatchOfComponent);
  if (next === undefined) return isSame(is, before) ? [] : changed(now, is);
  const groupOf = shownGroups(state);
  const beside = presentComponents(state).filter((one) => groupOf(one) === groupOf(is));
  const { own, others } = placed(is, beside, next);
  return isSame(own, before) && others.length === 0 ? [] : changed(now, own, ...others);
}

const changed = (now: Instant, ...components: readonly Component[]) =>
  fact('component.changed', now, ...components.map((is): Entry => ({ kind: 'component', id: is.id, is })));

/** In which group a component is shown: in none when its own was removed. */
function shownGroups(state: PageState): (component: Component) => string | undefined {
  const shown = new Set(
    all(state, 'group').flatMap(({ id, removedAt }): readonly string[] =>
      removedAt === undefined ? [id] : [],
    ),
  );
  return ({ group }) => (group !== undefined && shown.has(group) ? group : undefined);
}

/** What must be there is never taken away: the schema of the edge does not let `null` through for it. */
type PatchOfComponent = { readonly [K in keyof Component]?: Component[K] | null | undefined };

/** Takes a component off the page; what was told about it stays. */
export function removeComponent(
  state: PageState,
  { id }: Command<'remove-component'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = componentOf(state, id);
  return fact('component.changed', now, { kind: 'component', id, is: { ...before, removedAt: now } });
}

/** Says by hand how a component works from now on. */
export function mark(
  state: PageState,
  { component, status }: Command<'mark'>,
  now: Instant,
): readonly NewPageFact[] {
  componentOf(state, component);
  const last = all(state, 'mark')
    .filter((one) => one.component === component)
    .sort((a, b) => b.number - a.number)[0];
  if ((last?.status ?? 'operational') === status) return [];
  const number = state.version + 1;
  const is = { component, status, at: now, number };
  return fact('component.marked', now, { kind: 'mark', id: `${component}/${number}`, is });
}

/** The components that are on the page now. */
export const presentComponents = (state: PageState): readonly Component[] =>
  all(state, 'component').filter(({ removedAt }) => removedAt === undefined);

function componentOf(state: PageState, id: string): Component {
  const found = one(state, 'component', id);
  if (!found || found.removedAt !== undefined) throw missing('component', id);
  return found;
}

function checkGroup(state: PageState, group: string | undefined): void {
  if (group === undefined) return;
  const found = one(state, 'group', group);
  if (found && found.removedAt === undefined) return;
  throw new Refusal('invalid', `There is no group '${group}' on this page.`, 'body.group');
}

/** Refuses components that are not on the page. */
export function checkComponents(state: PageState, ids: readonly string[]): void {
  const known = new Set<string>(presentComponents(state).map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new Refusal('invalid', `There is no component '${unknown}' on this page.`, 'body.components');
}
