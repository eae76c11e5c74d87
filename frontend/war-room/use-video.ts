import { useEffect, useRef, useState } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { warRoomApi } from '../../shared/war-room/api.ts';
import type { Answer } from '../api/answer.ts';
import { problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

/** A video link of an incident. */
export type VideoLink = Answer<(typeof warRoomApi)['get-video']>;

interface Held {
  readonly link?: VideoLink;
  readonly busy?: boolean;
  readonly problem?: string;
}

/** The latest video link of an incident, as soon as the log tells of one, and what gives one. */
export function useVideo(api: Api, incident: IncidentId, last: number | undefined) {
  const [held, setHeld] = useState<Held>({});
  const path = `/api/incidents/${incident}/video`;
  const asked = useRef<number>(undefined);
  useEffect(() => {
    // Where the loaded log tells of none, the button finds one from further up, or starts one.
    if (last === undefined || asked.current === last) return;
    asked.current = last;
    const stop = new AbortController();
    const { signal } = stop;
    api.call<VideoLink>(path, { signal }).then(
      (link) => setHeld((known) => ({ ...known, link: { ...known.link, ...link } })),
      (thrown: unknown) => {
        if (!signal.aborted) setHeld({ problem: problemBehind(thrown).message });
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
