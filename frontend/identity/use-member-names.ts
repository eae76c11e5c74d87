import { useEffect, useState } from 'react';
import type { identityApi } from '../../shared/identity/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';

type Members = Answer<(typeof identityApi)['list-members']>;

/** The names of the organisation's people by id; empty until they are known, and when they cannot be had. */
export function useMemberNames(api: Api): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const stop = new AbortController();
    api.call<Members>('/api/members', { signal: stop.signal }).then(
      ({ items }) => setNames(new Map(items.map(({ person, name }) => [person, name]))),
      // Sentences do without names.
      () => {},
    );
    return () => stop.abort();
  }, [api]);
  return names;
}
