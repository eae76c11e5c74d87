import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { PersonRef } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import {
  actionsIn,
  PROTOCOL_VERSION,
  pinsIn,
  rolesIn,
  type WritingFrame,
} from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import type { NameOf } from '../incidents/sentence.ts';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { Actions } from './actions.tsx';
import { Composer } from './composer.tsx';
import { Feed, type Shown } from './feed.tsx';
import { LinkState } from './link-state.tsx';
import { Outbox } from './outbox.tsx';
import { People } from './people.tsx';
import { Pins } from './pins.tsx';
import { Typing } from './typing.tsx';
import { useEarlier } from './use-earlier.ts';
import type { useRoom } from './use-room.ts';

export interface RoomProps {
  readonly api: Api;
  readonly incident: IncidentId;
  readonly room: ReturnType<typeof useRoom>;
  readonly members: readonly PersonRef[];
  readonly mayWrite: boolean;
  readonly nameOf: NameOf;
  readonly now: number;
}

type Wanted<Frame> = Frame extends WritingFrame ? Omit<Frame, 'v' | 'incident' | 'id'> : never;

/** The room of an incident: what was said and done, who is there, what is to be done. */
export function Room({ api, incident, room, members, mayWrite, nameOf, now }: RoomProps) {
  const { client, connection, parts, problem, again } = room;
  const [shown, setShown] = useState<Shown>('all');
  const earlier = useEarlier(api, incident, client?.facts[0]?.seq);
  const facts = useMemo(() => [...earlier.facts, ...(client?.facts ?? [])], [earlier.facts, client?.facts]);
  const pins = useMemo(() => pinsIn(parts), [parts]);
  const pinned = useMemo(() => new Set(pins.map((pin) => pin.pinned)), [pins]);
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
  const say = (wanted: Wanted<WritingFrame>) =>
    connection.say({ v: PROTOCOL_VERSION, incident, id: crypto.randomUUID(), ...wanted } as WritingFrame);
  const pin = (seq: number, up: boolean) => say({ type: 'pin', seq, up });
  return (
    <div className="room">
      <section className="talk" aria-label="Room">
        <div className="talk-head">
          <SegmentedControl
            size="xs"
            aria-label="Show"
            value={shown}
            data={[
              { value: 'all', label: 'Everything' },
              { value: 'said', label: 'Talk' },
            ]}
            onChange={(value) => setShown(value === 'said' ? 'said' : 'all')}
          />
          <LinkState client={client} />
        </div>
        <Feed
          {...{ facts, shown, nameOf, now, pinned, mayWrite }}
          hasEarlier={earlier.has}
          loadsEarlier={earlier.busy}
          onEarlier={earlier.load}
          onPin={pin}
        />
        {earlier.problem !== undefined && <Notice>{earlier.problem}</Notice>}
        <Typing typing={client.typing} />
        <Outbox
          outbox={client.outbox}
          onAgain={(id) => connection.happen({ is: 'again', id })}
          onDrop={(id) => connection.happen({ is: 'drop', id })}
        />
        {mayWrite && (
          <Composer
            incident={incident}
            onSay={(text) => say({ type: 'chat', text })}
            onType={() => connection.happen({ is: 'typed' })}
          />
        )}
      </section>
      <div className="room-side">
        <People
          people={client.people}
          roles={rolesIn(parts)}
          {...{ members, mayWrite }}
          onRole={(role, person) => say({ type: 'role', role, person })}
        />
        <Pins pins={pins} mayWrite={mayWrite} onPin={pin} />
        <Actions
          actions={actionsIn(parts)}
          {...{ members, mayWrite }}
          today={new Date(now).toISOString().slice(0, 10)}
          onAdd={(text) => say({ type: 'action.add', text })}
          onChange={(action, change) =>
            say({ type: 'action.change', action: action as `act_${string}`, ...change })
          }
        />
      </div>
    </div>
  );
}
