import { changesOf } from '../../shared/configuration/changes.ts';
import { type ListPlan, listPlans } from '../../shared/configuration/list-plan.ts';
import { type ListName, listNames } from '../../shared/configuration/lists.ts';
import type { Configuration } from './use-rules.ts';

/** What differs between two configurations: entries of the lists by id, and fields. */
export interface Difference {
  /** Absent where nothing differs. */
  readonly lists: { readonly [name in ListName]?: ListPlan | undefined };
  readonly changes: readonly {
    readonly path: string;
    readonly before?: string | undefined;
    readonly after?: string | undefined;
  }[];
  readonly moreChanges: number;
}

/** What differs between two configurations, by the same rules as the plan of the API. */
export const differenceOf = (before: Configuration, after: Configuration): Difference => ({
  lists: listPlans(before, after),
  ...changesOf(before, after),
});

const listWords: Readonly<Record<ListName, string>> = {
  people: 'People',
  schedules: 'Schedules',
  policies: 'Policies',
  rules: 'Rules',
  services: 'Services',
  postmortemTemplates: 'Templates of post-mortems',
};

const MOST_IDS = 20;

/** What became of each list that is not the same, in words: `Rules: added cron; removed disk, cpu`. */
export function listSentences({ lists }: Difference): readonly string[] {
  return listNames.flatMap((name) => {
    const { added = [], changed = [], removed = [], reordered = false } = lists[name] ?? {};
    const said = [
      ...ids('added', added),
      ...ids('changed', changed),
      ...ids('removed', removed),
      ...(reordered ? ['in another order'] : []),
    ];
    return said.length === 0 ? [] : [`${listWords[name]}: ${said.join('; ')}`];
  });
}

function ids(verb: string, of: readonly string[]): readonly string[] {
  if (of.length === 0) return [];
  const more = of.length > MOST_IDS ? ` and ${of.length - MOST_IDS} more` : '';
  return [`${verb} ${of.slice(0, MOST_IDS).join(', ')}${more}`];
}
