import { useEffect, useState } from 'react';
import type { identityApi } from '../../shared/identity/api.ts';
import type { PersonRef } from '../../shared/incidents/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';

type Members = Answer<(typeof identityApi)['list-members']>;

/** The people who can be given roles and actions; none until known, and none where that cannot be told. */
export function useMembers(api: Api): readonly PersonRef[] {
  const [members, setMembers] = useState<readonly PersonRef[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    api.call<Members>('/api/members', { signal: stop.signal }).then(
      ({ items }) => setMembers(items.map(({ person: id, name }) => ({ id, name }))),
      // Roles and actions can still be read; who holds one already is offered too.
      () => setMembers([]),
    );
    return () => stop.abort();
  }, [api]);
  return members;
}
