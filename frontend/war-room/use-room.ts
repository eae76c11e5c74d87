import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { warRoomApi } from '../../shared/war-room/api.ts';
import { emptyRoom, nameOfPart, PROTOCOL_VERSION, type RoomPart } from '../../shared/war-room/index.ts';
import type { Answer } from '../api/answer.ts';
import { Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';
import { RoomConnection, type Socket, TicketRefused } from './connection.ts';
import { keep, readKept } from './kept.ts';
import { roomOf } from './room-state.ts';

type Snapshot = Answer<(typeof warRoomApi)['get-room']>;
type Ticket = Answer<(typeof warRoomApi)['create-ticket']>;

/** How often the log is asked for while no socket opens, in milliseconds. */
const EVERY = 3_000;

export interface RoomPlace {
  readonly api: Api;
  /** Address of the WebSocket API. */
  readonly socket: string;
  readonly incident: IncidentId;
}

/** A room as a page shows it: the log as far as it is loaded, its parts, who is there, and what can be said. */
export function useRoom({ api, socket, incident }: RoomPlace) {
  const { snapshot, problem, again } = useSnapshot(api, incident);
  const connection = useConnection({ api, socket, incident }, snapshot);
  const client = useSyncExternalStore(
    connection?.subscribe ?? noSubscription,
    connection?.client ?? (() => undefined),
  );
  usePolling({ api, incident }, connection, client?.link);
  useKept(incident, connection);
  const parts = useMemo(
    () =>
      roomOf(
        new Map(snapshot?.parts.map((part) => [nameOfPart(part as RoomPart), part as RoomPart]) ?? emptyRoom),
        client?.facts ?? [],
      ),
    [snapshot, client?.facts],
  );
  return { client, connection, parts, problem, again };
}

const noSubscription = () => () => undefined;

function useSnapshot(api: Api, incident: IncidentId) {
  const [asked, setAsked] = useState({ again: false });
  const [held, setHeld] = useState<{ readonly snapshot?: Snapshot; readonly problem?: Problem }>({});
  useEffect(() => {
    const stop = new AbortController();
    if (asked.again) setHeld({});
    api.call<Snapshot>(`/api/incidents/${incident}/room`, { signal: stop.signal }).then(
      (snapshot) => setHeld({ snapshot }),
      (thrown: unknown) => {
        if (!stop.signal.aborted) setHeld({ problem: problemBehind(thrown) });
      },
    );
    return () => stop.abort();
  }, [api, incident, asked]);
  return { ...held, again: () => setAsked({ again: true }) };
}

function useConnection({ api, socket, incident }: RoomPlace, snapshot: Snapshot | undefined) {
  const connection = useMemo(() => {
    if (snapshot === undefined) return undefined;
    const ports = {
      luck: Math.random(),
      now: () => Date.now(),
      ticket: () => ticketFrom(api),
      open: (ticket: string) => new WebSocket(`${socket}?ticket=${encodeURIComponent(ticket)}`) as Socket,
    };
    return new RoomConnection(incident, ports, snapshot.facts as readonly FactView[]);
  }, [api, socket, incident, snapshot]);
  useEffect(() => {
    if (connection === undefined) return;
    for (const frame of readKept(sessionStorage, incident).outbox) connection.say(frame);
    connection.happen({ is: 'start' });
    const look = () => connection.happen({ is: 'looked', away: document.hidden });
    const online = () => connection.happen({ is: 'time' });
    look();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', online);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', online);
      connection.happen({ is: 'stop' });
    };
  }, [connection, incident]);
  return connection;
}

async function ticketFrom(api: Api): Promise<string> {
  try {
    const { ticket } = await api.call<Ticket>('/api/war-room/tickets', { method: 'POST' });
    return ticket;
  } catch (thrown) {
    if (thrown instanceof Problem && (thrown.status === 403 || thrown.status === 404))
      throw new TicketRefused(thrown.message);
    throw thrown;
  }
}

interface FactsPage {
  readonly items: readonly FactView[];
  readonly last: number;
}

/** Where sockets do not get through, the log comes by REST; it is taken as if the room had told it. */
function usePolling(
  { api, incident }: Pick<RoomPlace, 'api' | 'incident'>,
  connection: RoomConnection | undefined,
  link: string | undefined,
): void {
  useEffect(() => {
    if (connection === undefined || link === 'open') return;
    const stop = new AbortController();
    const ask = () => {
      const query = { after: connection.client().known, limit: 200 };
      api.call<FactsPage>(`/api/incidents/${incident}/facts`, { query, signal: stop.signal }).then(
        ({ items, last }) => {
          const facts = [...items];
          const frame = { v: PROTOCOL_VERSION, type: 'facts', incident, facts, last } as const;
          if (facts.length > 0) connection.happen({ is: 'heard', frame });
        },
        // The next time asks again; that the connection is gone is shown already.
        () => undefined,
      );
    };
    const timer = setInterval(ask, EVERY);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [api, incident, connection, link]);
}

/** Keeps for a reload what is not recorded yet. */
function useKept(incident: IncidentId, connection: RoomConnection | undefined): void {
  useEffect(() => {
    if (connection === undefined) return;
    return connection.subscribe(() => {
      const outbox = connection.client().outbox.map(({ frame }) => frame);
      keep(sessionStorage, incident, { ...readKept(sessionStorage, incident), outbox });
    });
  }, [incident, connection]);
}
