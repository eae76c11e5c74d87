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
  /** Gives an answer that is a file. */
  file(path: string): Promise<Blob>;
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
  return useMemo(() => {
    const asking = async <Result>(path: string, asked: Asked, take: Taking<Result>): Promise<Result> => {
      const { token, onRefused } = latest.current;
      try {
        return await send(`${address}${path}`, asked, { token, organisation, take });
      } catch (thrown) {
        if (asked.signal?.aborted) throw thrown;
        const problem = problemBehind(thrown);
        if (problem.status === 401) onRefused(problem.message);
        throw problem;
      }
    };
    return {
      call: async <Answer>(path: string, asked: Asked = {}) =>
        (await asking(path, asked, takeJson)) as Answer,
      file: (path: string) => asking(path, {}, (answer) => answer.blob()),
    };
  }, [address, organisation]);
}

/** What becomes of an answer that is a success. */
type Taking<Result> = (answer: Response) => Promise<Result>;

const takeJson: Taking<unknown> = async (answer) => {
  const text = await answer.text();
  return text === '' ? undefined : parsed(text, answer.status);
};

interface Sending<Result> {
  readonly token: string;
  readonly organisation: string | undefined;
  readonly take: Taking<Result>;
}

async function send<Result>(
  address: string,
  { method = 'GET', query = {}, body, signal, idempotencyKey, ifVersion }: Asked,
  { token, organisation, take }: Sending<Result>,
): Promise<Result> {
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
  if (!answer.ok) throw problemOf(answer.status, await takeJson(answer));
  return take(answer);
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(`The API answered ${status} with something that is not JSON.`, status);
  }
}
