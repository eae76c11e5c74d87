import type { Incident } from '../../shared/incidents/index.ts';
import { type Instant, Refusal, system } from '../../shared/kernel/index.ts';
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
  const { group, until: dueAt, why, groups } = muted;
  const heldBy = `inh_${group}` as const;
  // Before the step is put off: whoever dies in between has only had the groups asked after in vain.
  await allDone(
    [...groups].map(([one, until]) =>
      notePage(org, { quiet: `inh_${one}`, dueAt: until, mark: `${id} ${now}` }),
    ),
  );
  const by = { actor: system('escalation'), now, loaded, expectedVersion: loaded.version };
  const later = { step: next.step, dueAt, heldBy };
  const wanted = { do: 'put-off', generation, next: later, by: why } as const;
  const after = await command(org, id, wanted, by).catch(lostToOther);
  // Somebody changed it meanwhile, or an alert came into it that nothing mutes: who takes the step anew looks at that.
  const isStill = after && (await readMutedPage((await alertsOn(org, id)) ?? [], body, now));
  await sendEscalation(
    nextStepMessages([isStill ? after.incident : await atOnce(loaded, after?.incident, now)], now),
  );
  return true;
}

/** Undefined where another writer was faster. */
function lostToOther(fault: unknown): undefined {
  if (fault instanceof Refusal && fault.code === 'precondition') return undefined;
  throw fault;
}

/** The step is due now again, where it was put off. */
async function atOnce(loaded: Incident, after: Incident | undefined, now: Instant): Promise<Incident> {
  if (after?.state !== 'triggered' || !after.next) return loaded;
  const { org, id, generation, next } = after;
  const wanted = { do: 'put-off', generation, next: { step: next.step, dueAt: now } } as const;
  return (await command(org, id, wanted, { actor: system('escalation'), now })).incident;
}
