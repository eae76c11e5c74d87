import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { PinPart, RoomClient } from '../../shared/war-room/index.ts';
import { Notice } from '../ui/notice.tsx';
import { Composer } from './composer.tsx';
import type { RoomConnection } from './connection.ts';
import { Feed, type Shown } from './feed.tsx';
import { LinkState } from './link-state.tsx';
import { Outbox } from './outbox.tsx';
import type { RoomProps } from './room.tsx';
import { sayerOf } from './saying.ts';
import { Typing } from './typing.tsx';
import { useEarlier } from './use-earlier.ts';

export interface TalkProps
  extends Pick<RoomProps, 'api' | 'incident' | 'mayWrite' | 'nameOf' | 'now' | 'linkTo'> {
  readonly client: RoomClient;
  readonly connection: RoomConnection;
  readonly pins: readonly PinPart[];
}

/** What was said and what happened, in one order, and a place to say more. */
export function Talk({ api, incident, client, connection, pins, mayWrite, nameOf, now, linkTo }: TalkProps) {
  const [shown, setShown] = useState<Shown>('all');
  const earlier = useEarlier(api, incident, client.facts[0]?.seq);
  const facts = useMemo(() => [...earlier.facts, ...client.facts], [earlier.facts, client.facts]);
  const say = useMemo(() => sayerOf(connection, incident), [connection, incident]);
  const pin = useCallback((seq: number, up: boolean) => say({ type: 'pin', seq, up }), [say]);
  const pinned = useMemo(() => new Set(pins.map((pin) => pin.pinned)), [pins]);
  return (
    <section className="talk" aria-label="Room">
      <div className="talk-head">
        <ShownChoice shown={shown} onShow={setShown} />
        <LinkState client={client} />
      </div>
      <Feed
        {...{ facts, shown, nameOf, now, pinned, mayWrite, linkTo }}
        hasEarlier={earlier.has}
        loadsEarlier={earlier.busy}
        onEarlier={earlier.load}
        onPin={pin}
      />
      {earlier.problem !== undefined && <Notice>{earlier.problem}</Notice>}
      <Typing typing={client.typing} />
      <Speaking {...{ incident, client, connection, mayWrite, say }} />
    </section>
  );
}

/** What is on its way, and a place to say more. */
function Speaking({
  incident,
  client,
  connection,
  mayWrite,
  say,
}: Pick<TalkProps, 'incident' | 'client' | 'connection' | 'mayWrite'> & {
  readonly say: ReturnType<typeof sayerOf>;
}) {
  return (
    <>
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
    </>
  );
}

interface ShownChoiceProps {
  readonly shown: Shown;
  onShow(shown: Shown): void;
}

const choices = [
  { value: 'all', label: 'Everything' },
  { value: 'said', label: 'Talk' },
];

const ShownChoice = ({ shown, onShow }: ShownChoiceProps) => (
  <SegmentedControl
    size="xs"
    aria-label="Show"
    value={shown}
    data={choices}
    onChange={(value) => onShow(value === 'said' ? 'said' : 'all')}
  />
);
