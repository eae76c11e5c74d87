import type { Quiet } from '../../shared/alerts/index.ts';
import { type Incident, putOffBy } from '../../shared/incidents/index.ts';
import { type Instant, system } from '../../shared/kernel/index.ts';
import { command } from '../aws/incident-log.ts';
import { nextStepMessages, sendEscalation } from '../incidents/escalation.ts';

/** Whether a step is kept back because its service is under maintenance: then it is recorded, and comes when that ends. */
export async function isPutOff(loaded: Incident, quiets: readonly Quiet[], now: Instant): Promise<boolean> {
  const wanted = putOffBy(loaded, quiets, now);
  if (!wanted) return false;
  const by = { actor: system('escalation'), now, loaded };
  const { incident } = await command(loaded.org, loaded.id, wanted, by);
  await sendEscalation(nextStepMessages([incident], now));
  return true;
}
