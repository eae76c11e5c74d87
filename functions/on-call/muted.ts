import type { Incident } from '../../shared/incidents/index.ts';
import { type Instant, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { alertsOn } from '../aws/firing-alerts.ts';
import { command } from '../aws/incident-log.ts';
import { mayBeMuted, readMutedPage } from '../aws/muted-page.ts';
import { notePage } from '../aws/muting-groups.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { nextStepMessages, sendEscalation } from '../incidents/escalation.ts';

/**
 * Whether the first page of an incident is kept back because other alerts fire by now that mute all of its own: then it is recorded,
 * and comes when those end. Nothing is read of an incident that no inhibition is about, or that has paged.
 */
export async function isMuted(loaded: Incident, now: Instant): Promise<boolean> {
  if (loaded.state !== 'triggered' || !loaded.next || !mayBeMuted(loaded)) return false;
  const { org, id, generation, next } = loaded;
  const [{ body }, heads = []] = await allDone([loadConfiguration(org, tellLeftOut), alertsOn(org, id)]);
  const muted = await readMutedPage(heads, body, now);
  if (!muted) return false;
  const { group, until: dueAt, why } = muted;
  const heldBy = `inh_${group}` as const;
  // Before the step is put off: whoever dies in between has only had the group asked after in vain.
  await notePage(org, { quiet: heldBy, dueAt, mark: `${id} ${now}` });
  const by = { actor: system('escalation'), now, loaded };
  const later = { step: next.step, dueAt, heldBy };
  const { incident } = await command(org, id, { do: 'put-off', generation, next: later, by: why }, by);
  await sendEscalation(nextStepMessages([incident], now));
  return true;
}
