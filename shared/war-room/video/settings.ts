import * as z from 'zod';
import { videoProviders } from './provider.ts';

/** The Jitsi server that everybody may use. */
export const PUBLIC_JITSI = 'https://meet.jit.si';

const server = z
  .string()
  .trim()
  .max(200)
  .refine(isServer, 'Expected an https address without user, query or fragment, such as https://meet.jit.si')
  .overwrite((text) => text.replace(/\/+$/, ''));

/** What an organisation configures for its war rooms: the part `warRoom` of the configuration. */
export const warRoomSettings = z.strictObject({
  /** People in one meeting. */
  maxParticipants: z.int().min(2).max(1_000).default(50),
  videoIntegration: z.enum(videoProviders).default('jitsi'),
  /** Whether meetings are recorded from their beginning. */
  autoRecording: z.boolean().default(false),
  /** How long a meeting is meant to last, in seconds. */
  sessionTimeout: z.int().min(60).max(86_400).default(3_600),
  /** The server whose rooms Jitsi links lead to. */
  jitsiServer: server.default(PUBLIC_JITSI),
});

export type WarRoomSettings = z.infer<typeof warRoomSettings>;

/** What is in force where nobody has configured anything. */
export const defaultWarRoomSettings: WarRoomSettings = warRoomSettings.parse({});

function isServer(text: string): boolean {
  if (!/^https:\/\/[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '') && !/[?#]/.test(text);
}
