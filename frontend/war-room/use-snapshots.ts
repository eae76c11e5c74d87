import { useCallback } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { warRoomApi } from '../../shared/war-room/api.ts';
import type { Snapshot } from '../../shared/war-room/index.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useWhole } from '../api/use-whole.ts';

type SnapshotsPage = Answer<(typeof warRoomApi)['list-document-snapshots']>;

const PAGE = 500;

/** Of which minutes there are snapshots of a room's document: all of them, without their texts. */
export function useSnapshots(api: Api, incident: IncidentId) {
  return useWhole(useCallback((signal) => snapshotPages(api, incident, signal), [api, incident]));
}

async function* snapshotPages(
  api: Api,
  incident: IncidentId,
  signal: AbortSignal,
): AsyncGenerator<readonly Snapshot[]> {
  for (let cursor: string | undefined; ; ) {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const address = `/api/incidents/${incident}/document/snapshots`;
    const page = await api.call<SnapshotsPage>(address, { query, signal });
    yield page.items;
    if (page.next === undefined) return;
    cursor = page.next;
  }
}
