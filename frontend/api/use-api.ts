import { useEffect, useMemo, useRef } from 'react';
import type { Method } from '../../shared/wiring/index.ts';
import { Problem, problemBehind, problemOf } from './problem.ts';

/** How long an answer may take; a little longer than the API itself gives up. */
const patience = 30_000;

export interface Asked {
  readonly method?: Method;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Names the request, so that it is carried out once although it is sent again. */
  readonly idempotencyKey?: string;
  /** The version that the change was made from; the API refuses it when there is a newer one. */
  readonly ifVersion?: number | undefined;
}

/** Calls the REST API as the person who is signed in. */
export interface Api {
  /** Gives the body of a successful answer; throws a `Problem` otherwise. */
  call<Answer>(path: string, asked?: Asked): Promise<Answer>;
}

export interface ApiProps {
  /** Without a trailing slash. */
  readonly address: string;
  readonly token: string;
  /** Only for those who have several; absent, the API takes the only one. */
  readonly organisation?: string | undefined;
  /** The API does not accept the token any more. */
  onRefused(because: string): void;
}

/** The API for one organisation; the same object as long as that stays, whatever happens to the token. */
export function useApi({ address, organisation, ...changing }: ApiProps): Api {
  const latest = useRef(changing);
  useEffect(() => {
    latest.current = changing;
  });
  return useMemo(
    () => ({
      async call<Answer>(path: string, asked: Asked = {}) {
        const { token, onRefused } = latest.current;
        try {
          return (await send(`${address}${path}`, asked, token, organisation)) as Answer;
        } catch (thrown) {
          if (asked.signal?.aborted) throw thrown;
          const problem = problemBehind(thrown);
          if (problem.status === 401) onRefused(problem.message);
          throw problem;
        }
      },
    }),
    [address, organisation],
  );
}

async function send(
  address: string,
  { method = 'GET', query = {}, body, signal, idempotencyKey, ifVersion }: Asked,
  token: string,
  organisation: string | undefined,
): Promise<unknown> {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const limit = AbortSignal.timeout(patience);
  const answer = await fetch(asked.size === 0 ? address : `${address}?${asked}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(organisation !== undefined && { 'x-organisation': organisation }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(ifVersion !== undefined && { 'if-match': `"${ifVersion}"` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    referrerPolicy: 'no-referrer',
  });
  const text = await answer.text();
  const value = text === '' ? undefined : parsed(text, answer.status);
  if (!answer.ok) throw problemOf(answer.status, value);
  return value;
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(`The API answered ${status} with something that is not JSON.`, status);
  }
}
