import { MantineProvider } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { IncidentView } from '../../shared/incidents/index.ts';
import { type IncidentId, may, type Role } from '../../shared/kernel/index.ts';
import { useApi } from '../api/use-api.ts';
import { theme } from '../app/theme.ts';
import { useNow } from '../time/use-now.ts';
import { Room } from '../war-room/room.tsx';
import { useMembers } from '../war-room/use-members.ts';
import { useRoom } from '../war-room/use-room.ts';

/** Where the system is, and as whom it is spoken to. */
export interface WarRoomConfig {
  /** Address of the REST API, without a trailing slash. */
  readonly api: string;
  /** Address of the WebSocket API. */
  readonly socket: string;
  /** The person's ID token; a new one may be given at any time. */
  readonly token: string;
  /** Only for people of several organisations. */
  readonly organisation?: string;
  /** The API does not accept the token any more. */
  readonly onRefused?: (because: string) => void;
}

export interface WarRoomCollaborationProps {
  /** The incident whose room it is; of it only the id is needed. */
  readonly incident: { readonly id: string };
  /** Who uses it. Without a role that writes, the room is only read; the API decides in any case. */
  readonly currentUser: { readonly id: string; readonly name: string; readonly role?: Role };
  readonly config: WarRoomConfig;
  /** Hears the incident as it is after each change. */
  readonly onIncidentUpdate?: (incident: IncidentView) => void;
}

/** The war room of an incident for any React application: import `styles.css` beside it. */
export function WarRoomCollaboration(props: WarRoomCollaborationProps) {
  return (
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
      <div className="war-room-collaboration">
        <Inside key={props.incident.id} {...props} />
      </div>
    </MantineProvider>
  );
}

function Inside({ incident, currentUser, config, onIncidentUpdate }: WarRoomCollaborationProps) {
  const { api: address, socket, token, organisation, onRefused = nothing } = config;
  // The API answers an id of another form as one that does not exist.
  const id = incident.id as IncidentId;
  const api = useApi({ address, token, organisation, onRefused });
  const room = useRoom({ api, socket, incident: id });
  const members = useMembers(api);
  const now = useNow();
  const last = room.client?.facts.findLast(({ type }) => type.startsWith('incident.'))?.seq;
  const hear = useRef(onIncidentUpdate);
  hear.current = onIncidentUpdate;
  const told = useRef<number>(undefined);
  useEffect(() => {
    if (last === undefined || told.current === last) return;
    told.current = last;
    const stop = new AbortController();
    api.call<IncidentView>(`/api/incidents/${id}`, { signal: stop.signal }).then(
      (incident) => hear.current?.(incident),
      // The next change asks again; what is wrong with the connection the room shows itself.
      () => undefined,
    );
    return () => stop.abort();
  }, [api, id, last]);
  const mayWrite = may(currentUser.role ?? 'responder', 'room.write');
  return <Room {...{ api, room, members, mayWrite, now }} incident={id} nameOf={nobody} />;
}

const nothing = () => undefined;
const nobody = () => undefined;
