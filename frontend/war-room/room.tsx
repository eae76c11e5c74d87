import { Button } from '@mantine/core';
import type { PersonRef } from '../../shared/incidents/index.ts';
import type { NameOf } from '../../shared/incidents/sentence.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { actionsIn, pinsIn, rolesIn } from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { Actions } from './actions.tsx';
import { expected } from './expected.ts';
import type { FeedProps } from './feed.tsx';
import { People } from './people.tsx';
import { Pins } from './pins.tsx';
import { sayerOf } from './saying.ts';
import { Talk } from './talk.tsx';
import type { useRoom } from './use-room.ts';
import { isVideo, Video } from './video.tsx';

export interface RoomProps {
  readonly api: Api;
  readonly incident: IncidentId;
  readonly room: ReturnType<typeof useRoom>;
  readonly members: readonly PersonRef[];
  readonly mayWrite: boolean;
  readonly nameOf: NameOf;
  readonly now: number;
  /** A link to another incident that a fact is about. @default none */
  readonly linkTo?: FeedProps['linkTo'];
}

/** The room of an incident: what was said and done, who is there, what is to be done. */
export function Room({ api, incident, room, members, mayWrite, nameOf, now, linkTo }: RoomProps) {
  const { client, connection, parts, problem, again } = room;
  if (problem !== undefined)
    return (
      <div className="room-problem">
        <Notice>{problem.message}</Notice>
        <Button variant="default" onClick={again}>
          Try again
        </Button>
      </div>
    );
  if (client === undefined || connection === undefined) return <Waiting what="the room" />;
  const say = sayerOf(connection, incident);
  const pins = pinsIn(parts);
  const pin = (seq: number, up: boolean) => say({ type: 'pin', seq, up });
  return (
    <div className="room">
      <Talk {...{ api, incident, client, connection, pins, mayWrite, nameOf, now, linkTo }} />
      <div className="room-side">
        <Video {...{ api, incident, mayWrite }} last={client.facts.findLast(isVideo)?.seq} />
        <People
          {...{ members, mayWrite }}
          people={client.people}
          roles={rolesIn(parts)}
          onRole={(role, person) => say({ type: 'role', role, person })}
        />
        <Pins pins={pins} mayWrite={mayWrite} onPin={pin} />
        <Actions
          {...{ members, mayWrite }}
          actions={expected(actionsIn(parts), client.outbox)}
          today={new Date(now).toISOString().slice(0, 10)}
          onAdd={(text) => say({ type: 'action.add', text })}
          onChange={(action, change) => say({ type: 'action.change', action, ...change })}
        />
      </div>
    </div>
  );
}
