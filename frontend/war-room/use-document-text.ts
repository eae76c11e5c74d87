import { useEffect, useState } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { warRoomApi } from '../../shared/war-room/api.ts';
import type { Snapshot } from '../../shared/war-room/index.ts';
import type { Answer } from '../api/answer.ts';
import { type Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

/** The document of a room, now or as the snapshot of a minute has it. */
export type DocumentText = Answer<(typeof warRoomApi)['get-document']>;

/** Asks for the document of a room; of a minute when one is named. */
export const loadText = (api: Api, incident: IncidentId, minute?: string): Promise<DocumentText> =>
  api.call<DocumentText>(`/api/incidents/${incident}/document`, {
    ...(minute !== undefined && { query: { minute } }),
  });

/** Texts that are kept for who goes back and forth. */
const KEPT = 50;

interface Held {
  readonly texts: ReadonlyMap<string, string>;
  /** Why the text of a minute did not come. */
  readonly failed?: { readonly minute: string; readonly problem: Problem };
}

/**
 * The text of a snapshot. One is asked for at a time, whatever plays on meanwhile, so that a fast replay neither floods the API
 * nor shows nothing.
 */
export function useDocumentText(api: Api, incident: IncidentId, snapshot: Snapshot | undefined) {
  const [{ texts, failed }, setHeld] = useState<Held>({ texts: new Map() });
  const [busy, setBusy] = useState(false);
  const minute = snapshot?.minute;
  const problem = failed?.minute === minute ? failed?.problem : undefined;
  const isNeeded = minute !== undefined && !texts.has(minute) && problem === undefined;
  useEffect(() => {
    if (busy || !isNeeded) return;
    setBusy(true);
    loadText(api, incident, minute)
      .then(
        ({ text }) => setHeld(({ texts }) => ({ texts: withText(texts, minute, text) })),
        (thrown: unknown) =>
          setHeld((held) => ({ ...held, failed: { minute, problem: problemBehind(thrown) } })),
      )
      .finally(() => setBusy(false));
  }, [api, incident, minute, isNeeded, busy]);
  const again = () => setHeld(({ texts }) => ({ texts }));
  return { text: minute === undefined ? undefined : texts.get(minute), problem, again };
}

const withText = (texts: ReadonlyMap<string, string>, minute: string, text: string) =>
  new Map([...[...texts].slice(1 - KEPT), [minute, text] as const]);
