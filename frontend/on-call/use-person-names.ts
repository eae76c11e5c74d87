import { useEffect, useState } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import type { identityApi } from '../../shared/identity/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';

type Members = Answer<(typeof identityApi)['list-members']>;
type Configured = Answer<(typeof configurationApi)['get']>;

/** The names of all who can be paged, by id: members, and people of the configuration. Empty until known. */
export function usePersonNames(api: Api): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const members = api.call<Members>('/api/members', { signal });
    const configured = api.call<Configured>('/api/config', { signal });
    // What one of them cannot tell, the other still may; a person without a name is shown by id.
    void Promise.allSettled([members, configured]).then(([first, second]) => {
      if (signal.aborted) return;
      const listed = first.status === 'fulfilled' ? first.value.items : [];
      const people = second.status === 'fulfilled' ? second.value.configuration.people : [];
      setNames(
        new Map([
          ...listed.map(({ person, name }) => [person, name] as const),
          ...people.map(({ id, name }) => [id, name] as const),
        ]),
      );
    });
    return () => stop.abort();
  }, [api]);
  return names;
}
