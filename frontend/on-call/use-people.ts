import { useEffect, useState } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';

type Configured = Answer<(typeof configurationApi)['get']>;

/** Somebody who can be paged. */
export type Listed = Pick<Configured['configuration']['people'][number], 'id' | 'name'>;

/** Who can be paged, by the configuration; empty until known, and where it cannot be told. */
export function usePeople(api: Api): readonly Listed[] {
  const [people, setPeople] = useState<readonly Listed[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    api
      .call<Configured>('/api/config', { signal: stop.signal })
      .then(({ configuration }) => setPeople(configuration.people))
      // Without it nobody can be chosen, which the form shows; the page asks again when it is opened anew.
      .catch(() => setPeople([]));
    return () => stop.abort();
  }, [api]);
  return people;
}
