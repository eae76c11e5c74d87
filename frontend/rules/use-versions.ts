import { useState } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import type { Answer, Body } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { type Difference, differenceOf } from './difference-words.ts';
import type { Configuration, InForce, Note } from './use-rules.ts';

type Version = Answer<(typeof configurationApi)['get-version']>;
type Versions = Answer<(typeof configurationApi)['list-versions']>;

/** The content of one version. */
const contentOf = async (api: Api, version: number): Promise<Configuration> =>
  (await api.call<Version>(`/api/config/versions/${version}`)).configuration;

const nothingIn = (of: Configuration): Configuration => ({
  ...{ detection: of.detection, warRoom: of.warRoom, runbooks: of.runbooks },
  ...{ people: [], schedules: [], policies: [], rules: [], services: [], postmortemTemplates: [] },
});

/** What differs between two versions, the earlier of which may be 0, before anything was configured; loaded when asked. */
export function useDifference(api: Api, before: number, after: number) {
  const [found, setFound] = useState<{ readonly of: string; readonly difference: Difference }>();
  const { busy, problem, run } = useTask();
  const of = `${before} ${after}`;
  const ask = () =>
    run(async () => {
      const young = await contentOf(api, after);
      const old = before === 0 ? nothingIn(young) : await contentOf(api, before);
      setFound({ of, difference: differenceOf(old, young) });
    });
  return { difference: found?.of === of ? found.difference : undefined, busy, problem, ask };
}

/** Puts an earlier version in force again. */
export function useRollback(api: Api, inForce: number, onDone: (words: string) => void) {
  const { busy, problem, run } = useTask();
  const rollBack = (version: number, reason: string) =>
    run(async () => {
      const body: Body<(typeof configurationApi)['roll-back']> = { version, reason };
      const asked = { method: 'POST', body, ifVersion: inForce } as const;
      const made = await api.call<InForce>('/api/config/rollback', asked);
      onDone(`Version ${made.version} is in force, with the content of version ${version}.`);
    });
  return { busy, problem, rollBack };
}

/** Versions that are older than those that are polled, as far as somebody asked for them. */
export function useOlder(api: Api, first: string | undefined) {
  const [older, setOlder] = useState<{
    readonly items: readonly Note[];
    readonly next: string | undefined;
  }>();
  const { busy, problem, run } = useTask();
  const next = older === undefined ? first : older.next;
  const showMore = () =>
    run(async () => {
      if (next === undefined) return;
      const page = await api.call<Versions>('/api/config/versions', { query: { limit: 100, cursor: next } });
      setOlder({ items: [...(older?.items ?? []), ...page.items], next: page.next });
    });
  return { older: older?.items ?? [], hasMore: next !== undefined, busy, problem, showMore };
}
