import { useCallback } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import { SECOND } from '../../shared/kernel/time.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';

/** The configuration in force, with its version. */
export type InForce = Answer<(typeof configurationApi)['get']>;
export type Configuration = InForce['configuration'];
export type Rule = Configuration['rules'][number];
type Versions = Answer<(typeof configurationApi)['list-versions']>;
/** What is told of a version. */
export type Note = Versions['items'][number];

/** What is in force, and the newest versions; asked every half minute. */
export interface Standing extends InForce {
  readonly versions: readonly Note[];
  /** The cursor of older versions. */
  readonly next: string | undefined;
}

/** The configuration in force with what is told of its newest versions. */
export function useStanding(api: Api) {
  return usePoll(
    useCallback(
      async (signal: AbortSignal): Promise<Standing> => {
        const [inForce, { items, next }] = await Promise.all([
          api.call<InForce>('/api/config', { signal }),
          api.call<Versions>('/api/config/versions', { query: { limit: 100 }, signal }),
        ]);
        return { ...inForce, versions: items, next };
      },
      [api],
    ),
    30 * SECOND,
  );
}

/** What policies are called, and those whom they page, by id. */
export const pagingNames = ({ policies, schedules, people }: Configuration): ReadonlyMap<string, string> =>
  new Map([...people, ...schedules, ...policies].map(({ id, name }) => [id, name]));

/** The newest version that touched a rule, among those that are known. */
export function lastChange(versions: readonly Note[], rule: string): Note | undefined {
  return versions.find(({ touched }) => touched?.lists.rules?.includes(rule));
}
