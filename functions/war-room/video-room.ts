import { createHmac } from 'node:crypto';
import type { RoomSecret } from '../../shared/war-room/index.ts';
import { keyFor } from '../aws/secret.ts';

/** Names rooms of Jitsi by HMAC-SHA256 under a key of its own, cut to 160 bits: nobody can guess them, and each is always the same. */
export async function roomSecret(): Promise<RoomSecret> {
  const key = await keyFor('video-room');
  return (text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 40);
}
