import type { Quiet } from '../../shared/alerts/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { isStillHeld } from './lasting.ts';
import { isMuted } from './muted.ts';
import { isPutOff } from './put-off.ts';

/** Whether something keeps the due step back: maintenance, alerts that mute its own, or that these do not last long enough yet. */
export async function isKeptBack(
  incident: Incident,
  quiets: readonly Quiet[],
  now: Instant,
): Promise<boolean> {
  if (await isPutOff(incident, quiets, now)) return true;
  return (await isMuted(incident, now)) || (await isStillHeld(incident, now));
}
