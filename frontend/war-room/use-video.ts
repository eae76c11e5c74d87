import { useEffect, useRef, useState } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { warRoomApi } from '../../shared/war-room/api.ts';
import type { Answer } from '../api/answer.ts';
import { Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

/** A video link of an incident. */
export type VideoLink = Answer<(typeof warRoomApi)['get-video']>;

interface Held {
  readonly link?: VideoLink;
  readonly busy?: boolean;
  readonly problem?: string;
}

/** The latest video link of an incident, asked for again when the log tells of a new one, and what gives one. */
export function useVideo(api: Api, incident: IncidentId, last: number | undefined) {
  const [held, setHeld] = useState<Held>({});
  const path = `/api/incidents/${incident}/video`;
  const asked = useRef<{ readonly last: number | undefined }>(undefined);
  useEffect(() => {
    // Without a fact in sight there may be one further up in the log.
    if (asked.current && asked.current.last === last) return;
    asked.current = { last };
    const stop = new AbortController();
    const { signal } = stop;
    api.call<VideoLink>(path, { signal }).then(
      (link) => setHeld((known) => ({ ...known, link: { ...known.link, ...link } })),
      (thrown: unknown) => {
        const isNone = thrown instanceof Problem && thrown.status === 404;
        if (!signal.aborted && !isNone) setHeld({ problem: problemBehind(thrown).message });
      },
    );
    return () => stop.abort();
  }, [api, path, last]);
  const start = () => {
    setHeld({ busy: true });
    api.call<VideoLink>(path, { method: 'POST', body: {} }).then(
      (link) => setHeld({ link }),
      (thrown: unknown) => setHeld({ problem: problemBehind(thrown).message }),
    );
  };
  return { ...held, start };
}
