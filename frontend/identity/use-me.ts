import { useCallback, useEffect, useState } from 'react';
import type { identityApi } from '../../shared/identity/api.ts';
import type { Answer } from '../api/answer.ts';
import { type Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

/** Who is signed in, and in which organisations. */
export type Me = Answer<(typeof identityApi)['get-me']>;

export interface LoadedMe {
  readonly me?: Me;
  readonly problem?: Problem;
  again(): void;
}

/** Asks who is signed in; once, and again when told to. */
export function useMe(api: Api): LoadedMe {
  const [loaded, setLoaded] = useState<Omit<LoadedMe, 'again'>>({});
  const again = useCallback(() => {
    setLoaded({});
    api.call<Me>('/api/me').then(
      (me) => setLoaded({ me }),
      (thrown: unknown) => setLoaded({ problem: problemBehind(thrown) }),
    );
  }, [api]);
  useEffect(again, [again]);
  return { ...loaded, again };
}
