import { hasLasted, isHeldPage, putOffUntilLasting, windowOf } from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import { type Instant, system } from '../../shared/kernel/index.ts';
import { readGuard } from '../aws/guards.ts';
import { command } from '../aws/incident-log.ts';
import { membersOf } from '../aws/members.ts';
import { nextStepMessages, sendEscalation } from '../incidents/escalation.ts';

/** Whether a first page that was held waits on, since none of the alerts has lasted: then that is recorded, and it comes when one has. */
export async function isStillHeld(loaded: Incident, now: Instant): Promise<boolean> {
  const { org, id, correlation } = loaded;
  if (!correlation || !isHeldPage(loaded)) return false;
  const guard = await readGuard(org, correlation.hash);
  const window = windowOf(guard, id);
  if (!window) return false;
  const members = await membersOf(org, guard, id, hasLasted(guard, window, now));
  const wanted = putOffUntilLasting(loaded, guard, members, now);
  if (!wanted) return false;
  const { incident } = await command(org, id, wanted, { actor: system('escalation'), now, loaded });
  await sendEscalation(nextStepMessages([incident], now));
  return true;
}
