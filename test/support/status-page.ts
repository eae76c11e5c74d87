import fc from 'fast-check';
import { type Id, type Instant, idOf, Refusal } from '../../shared/kernel/index.ts';
import {
  decidePage,
  emptyPage,
  evolvedBy,
  type NewPageFact,
  type PageCommand,
  type PageState,
  updateStates,
  workings,
} from '../../shared/status/index.ts';

/** Noon of a day, in UTC. */
export const NOON: Instant = Date.UTC(2026, 10, 28, 12);

export const page = idOf('statusPage', 0, 'test');
export const componentId = (name: string) => idOf('component', NOON, name);
export const groupId = (name: string) => idOf('componentGroup', NOON, name);
export const incidentId = (name: string) => idOf('statusIncident', NOON, name);
export const updateId = (name: string) => idOf('statusUpdate', NOON, name);
export const maintenanceId = (name: string) => idOf('maintenance', NOON, name);

/** A fact with its number, as the log has it. */
export type Numbered = NewPageFact & { readonly seq: number };

/** A command and when it is given. */
export type Given = readonly [command: PageCommand, at: Instant];

/** A page after commands, and the facts that they caused; what is refused causes none. */
export function play(commands: readonly Given[]): {
  readonly state: PageState;
  readonly facts: readonly Numbered[];
} {
  let state = emptyPage;
  const facts: Numbered[] = [];
  for (const [command, at] of commands) {
    const decided = decidedOn(state, command, at).map((fact, i) => ({ ...fact, seq: state.version + 1 + i }));
    facts.push(...decided);
    state = evolvedBy(state, decided);
  }
  return { state, facts };
}

function decidedOn(state: PageState, command: PageCommand, at: Instant): readonly NewPageFact[] {
  try {
    return decidePage(state, command, at);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** A command that adds a component; internal and services may be said. */
export const component = (
  name: string,
  more: {
    readonly internal?: boolean;
    readonly services?: readonly string[];
    readonly group?: Id<'componentGroup'>;
  } = {},
): PageCommand => ({
  do: 'add-component',
  id: componentId(name),
  component: { name, internal: false, services: [], ...more },
});

type Affects = Readonly<Record<string, (typeof workings)[number]>>;
export const affects = (components: Affects) =>
  Object.entries(components).map(([name, status]) => ({ component: componentId(name), status }));

/** A command that publishes an incident on components. */
export const incident = (
  name: string,
  components: Affects,
  more: Partial<Extract<PageCommand, { do: 'publish-incident' }>> = {},
): PageCommand => ({
  do: 'publish-incident',
  id: incidentId(name),
  update: updateId(`${name} 1`),
  title: name,
  internal: false,
  state: 'investigating',
  text: `${name}: we look into it.`,
  affected: affects(components),
  ...more,
});

/** A command that publishes another update. */
export const update = (
  name: string,
  number: number,
  state: (typeof updateStates)[number],
  components?: Affects,
): PageCommand => ({
  do: 'publish-update',
  incident: incidentId(name),
  update: updateId(`${name} ${number}`),
  state,
  text: `${name}: ${state}`,
  ...(components && { affected: affects(components) }),
});

const names = fc.constantFrom('a', 'b', 'c');
const affected = fc
  .dictionary(names, fc.constantFrom(...workings), { maxKeys: 3 })
  .map((components) => affects(components));

/** Any command on a small page, so that they meet each other. */
export const anyCommand: fc.Arbitrary<PageCommand> = fc.oneof(
  fc.record({
    do: fc.constant('configure' as const),
    settings: fc.record({ name: names, header: fc.option(names) }),
  }),
  names.map((name) => ({ do: 'add-group' as const, id: groupId(name), name })),
  names.map((name) => ({ do: 'remove-group' as const, id: groupId(name) })),
  fc
    .tuple(names, fc.boolean(), fc.option(names, { nil: undefined }))
    .map(([name, internal, group]) => component(name, { internal, ...(group && { group: groupId(group) }) })),
  fc.tuple(names, fc.boolean()).map(([name, internal]) => ({
    do: 'change-component' as const,
    id: componentId(name),
    change: { internal },
  })),
  names.map((name) => ({ do: 'remove-component' as const, id: componentId(name) })),
  fc
    .tuple(names, fc.constantFrom(...workings))
    .map(([name, status]) => ({ do: 'mark' as const, component: componentId(name), status })),
  fc
    .tuple(names, affected, fc.boolean())
    .map(([name, list, internal]) => ({ ...incident(name, {}), affected: list, internal }) as PageCommand),
  fc
    .tuple(names, fc.nat(4), fc.constantFrom(...updateStates), fc.option(affected, { nil: undefined }))
    .map(
      ([name, number, state, list]) => ({ ...update(name, number, state), affected: list }) as PageCommand,
    ),
  fc.tuple(names, names, fc.integer({ min: -2, max: 3 })).map(([name, on, hour]) => ({
    do: 'schedule' as const,
    id: maintenanceId(name),
    maintenance: {
      ...{ title: name, text: name, components: [componentId(on)], internal: false },
      ...{ from: NOON + hour * 3_600_000, until: NOON + (hour + 2) * 3_600_000 },
    },
  })),
  names.map((name) => ({ do: 'cancel-maintenance' as const, id: maintenanceId(name) })),
  fc.tuple(names, fc.integer({ min: -1, max: 3 })).map(([name, hour]) => ({
    do: 'change-maintenance' as const,
    id: maintenanceId(name),
    change: { text: `Later by ${hour}`, until: NOON + (hour + 4) * 3_600_000 },
  })),
  fc.tuple(names, fc.integer({ min: 1, max: 4 }), names).map(([name, number, text]) => ({
    do: 'correct-update' as const,
    ...{ incident: incidentId(name), update: updateId(`${name} ${number}`), text },
  })),
  fc.tuple(names, fc.integer({ min: 1, max: 4 })).map(([name, number]) => ({
    do: 'withdraw-update' as const,
    ...{ incident: incidentId(name), update: updateId(`${name} ${number}`) },
  })),
  fc.tuple(names, fc.option(names), fc.option(names, { nil: undefined })).map(([name, before, group]) => ({
    do: 'change-component' as const,
    id: componentId(name),
    change: group === undefined ? {} : { group: groupId(group) },
    before: before && componentId(before),
  })),
  fc.tuple(names, fc.option(names)).map(([name, before]) => ({
    do: 'change-group' as const,
    ...{ id: groupId(name), change: {}, before: before && groupId(before) },
  })),
  names.map((proposal) => ({ do: 'dismiss' as const, proposal })),
);

/** Commands one after another, some in the same millisecond. */
export const anyHistory: fc.Arbitrary<readonly Given[]> = fc
  .array(fc.tuple(anyCommand, fc.constantFrom(0, 0, 1, 60_000, 3_600_000, 86_400_000)), { maxLength: 30 })
  .map((steps) => {
    let at = NOON;
    return steps.map(([command, pause]) => {
      at += pause;
      return [command, at] as const;
    });
  });
