import { useCallback } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Snapshot } from '../../shared/war-room/index.ts';
import { cursorPages } from '../api/cursor-pages.ts';
import type { Api } from '../api/use-api.ts';
import { useWhole } from '../api/use-whole.ts';

const PAGE = 500;

/** Of which minutes there are snapshots of a room's document: all of them, without their texts. */
export function useSnapshots(api: Api, incident: IncidentId) {
  const path = `/api/incidents/${incident}/document/snapshots`;
  return useWhole(
    useCallback(
      (signal: AbortSignal) => cursorPages<Snapshot>(api, path, { limit: PAGE, signal }),
      [api, path],
    ),
  );
}
