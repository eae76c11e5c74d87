import { useMemo } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { momentsOf, sceneAfter, seenBy, timesOf } from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import { useLog } from './use-log.ts';
import { usePlayer } from './use-player.ts';
import { useSnapshots } from './use-snapshots.ts';

/** A recording and where its replay is: what of the log was there by then, and what the room was. */
export function useReplay(api: Api, id: IncidentId) {
  const log = useLog(api, id);
  const snapshots = useSnapshots(api, id);
  const [facts, kept] = [log.items, snapshots.items];
  const times = useMemo(() => timesOf(facts), [facts]);
  const entries = useMemo(() => times.filter((_, i) => facts[i]?.type !== 'void'), [facts, times]);
  const moments = useMemo(
    () =>
      times.length === 0
        ? times
        : momentsOf(
            times,
            kept.map(({ updatedAt }) => Date.parse(updatedAt)),
          ),
    [times, kept],
  );
  const player = usePlayer(moments);
  const count = seenBy(times, player.at);
  const seen = useMemo(() => facts.slice(0, count), [facts, count]);
  const scene = useMemo(() => sceneAfter(seen), [seen]);
  return { log, snapshots, entries, player, seen, scene };
}
