import type { RoomClient } from '../../shared/war-room/index.ts';

/** Whether the room is live, said only when it is not, and to who listens. */
export function LinkState({
  client,
}: {
  readonly client: Pick<RoomClient, 'link' | 'because' | 'failures'>;
}) {
  return (
    <p className="link-state" role="status">
      {textOf(client)}
    </p>
  );
}

function textOf({ link, because, failures }: Pick<RoomClient, 'link' | 'because' | 'failures'>): string {
  switch (link) {
    case 'open':
      return '';
    case 'refused':
      return because ?? 'The room does not let you in.';
    case 'opening':
    case 'joining':
      return failures === 0 ? 'Connecting …' : 'Connecting again …';
    case 'closed':
      return 'Not connected. What you write is kept and sent as soon as the room is there again.';
  }
}
