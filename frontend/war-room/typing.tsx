import type { RoomClient } from '../../shared/war-room/index.ts';

/** Who types just now; the place is kept when nobody does, so that nothing jumps. */
export function Typing({ typing }: Pick<RoomClient, 'typing'>) {
  const names = [...typing.values()].map(({ name }) => name);
  return <p className="typing soft">{textOf(names)}</p>;
}

function textOf([first, second, ...others]: readonly string[]): string {
  if (first === undefined) return '\u00A0';
  if (second === undefined) return `${first} is typing …`;
  return others.length === 0
    ? `${first} and ${second} are typing …`
    : `${first}, ${second} and ${others.length} more are typing …`;
}
