import { PUBLIC_JITSI, type WarRoomSettings } from './settings.ts';
import { minutesText } from './vendor.ts';

/** What makes the name of a room unguessable: the same text gives the same letters and digits, and nobody else can make them. */
export type RoomSecret = (text: string) => string;

/** A Jitsi link: a room exists as soon as somebody opens its address, so only those who know the name come in. */
export function jitsiLink(
  { jitsiServer }: WarRoomSettings,
  place: readonly string[],
  secret: RoomSecret,
): string {
  return `${jitsiServer}/incident-${secret(JSON.stringify(place))}`;
}

/** What a bare link to a Jitsi server cannot honour. */
export function jitsiCannot(settings: WarRoomSettings): readonly string[] {
  const { maxParticipants, autoRecording, sessionTimeout, jitsiServer } = settings;
  return [
    `A Jitsi link cannot limit the meeting to ${maxParticipants} participants.`,
    `A Jitsi link cannot end the meeting after ${minutesText(sessionTimeout)}; the room is open as long as somebody is in it.`,
    ...(autoRecording ? ['A Jitsi link cannot start a recording; somebody in the meeting has to.'] : []),
    ...(jitsiServer === PUBLIC_JITSI
      ? ['meet.jit.si lets nobody in before one person has signed in there.']
      : []),
  ];
}
