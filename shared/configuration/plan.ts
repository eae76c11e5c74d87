import { DAY, type Instant, isSame, toText } from '../kernel/index.ts';
import {
  channelNames,
  channelsOf,
  finalSchedule,
  type Person,
  policyBy,
  type SetChannel,
  schedulesAt,
  setChannels,
} from '../on-call/index.ts';
import { type Changes, changesOf } from './changes.ts';
import type { Configuration } from './configuration.ts';
import { detectionWarnings } from './detection-warnings.ts';
import { type ListPlan, listPlans } from './list-plan.ts';
import type { ListName } from './lists.ts';

/** What a configuration would change, and what is odd about it. */
export interface ConfigurationPlan extends Changes {
  readonly lists: Readonly<Record<ListName, ListPlan>>;
  readonly detection: 'same' | 'changed';
  readonly warRoom: 'same' | 'changed';
  readonly runbooks: 'same' | 'changed';
  readonly shadow: 'same' | 'changed';
  readonly warnings: string[];
}

/** What a plan is made at: when, and which channels are set up. */
export interface PlanContext {
  readonly at: Instant;
  readonly channels: readonly SetChannel[];
}

/** What replacing one configuration by another would change, and what somebody should know before they do it. */
export function planOf(before: Configuration, after: Configuration, context: PlanContext): ConfigurationPlan {
  const changed = (part: 'detection' | 'warRoom' | 'runbooks' | 'shadow') =>
    isSame(before[part], after[part]) ? 'same' : 'changed';
  return {
    lists: listPlans(before, after),
    detection: changed('detection'),
    warRoom: changed('warRoom'),
    runbooks: changed('runbooks'),
    shadow: changed('shadow'),
    ...changesOf(before, after),
    warnings: configurationWarnings(after, context),
  };
}

/** How far ahead gaps are looked for. */
const AHEAD = 14 * DAY;

/** What is odd about a configuration as a whole, at a time and with the channels that are set up. */
export function configurationWarnings(after: Configuration, context: PlanContext): string[] {
  return [
    ...(after.policies.length === 0 ? ['There is no policy, so every page goes to the administrators.'] : []),
    ...gaps(after, context.at),
    ...emptyLevels(after, context.at),
    ...unreachable(after.people, context.channels),
    ...detectionWarnings(after),
  ];
}

function gaps({ schedules, people }: Configuration, at: Instant): readonly string[] {
  return schedules.flatMap((schedule) => {
    const spans = finalSchedule(schedule, { people, overrides: [] }, at, at + AHEAD);
    const empty = spans.filter(({ person }) => person === undefined);
    const [first] = empty;
    if (!first) return [];
    const count = empty.length === 1 ? 'a gap' : `${empty.length} gaps`;
    return [
      `Schedule '${schedule.id}' has ${count} in the next 14 days, the first from ${toText(first.from)} to ${toText(first.to)}.`,
    ];
  });
}

function emptyLevels({ policies, people, schedules }: Configuration, at: Instant): readonly string[] {
  const then = schedulesAt({ people, schedules, overrides: [] }, at);
  return policies.flatMap((policy) => {
    const { levels } = policyBy(policy, then).policy;
    return levels.flatMap(({ targets }, place) =>
      targets.length > 0 ? [] : [`Level ${place + 1} of policy '${policy.id}' would reach nobody now.`],
    );
  });
}

function unreachable(people: readonly Person[], set: readonly SetChannel[]): readonly string[] {
  return people.flatMap((person) => {
    const own = channelsOf(person);
    const missing = own.filter((channel) => isSetChannel(channel) && !set.includes(channel));
    if (missing.length === 0) return [];
    const names = missing.map((channel) => channelNames[channel]).join(', ');
    const what =
      missing.length === own.length ? 'cannot be reached at all' : 'is reached by the other channels alone';
    return [`'${person.id}' ${what}: nobody has set up ${names}.`];
  });
}

const isSetChannel = (channel: string): channel is SetChannel => setChannels.some((one) => one === channel);
