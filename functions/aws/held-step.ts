import type { Configuration } from '../../shared/configuration/index.ts';
import { type HeldStep, heldStep, type Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { alertsOn } from './firing-alerts.ts';
import { mayBeMuted, readMutedPage } from './muted-page.ts';
import { loadQuiets, type QuietVersion } from './quiets.ts';
import { table } from './table.ts';

/** What keeps the next step of an incident back, asked as the escalation will; nothing is read where there is none. */
export async function readHeldStep(
  incident: Incident,
  configuration: Pick<Configuration, 'detection'>,
  now: Instant,
): Promise<HeldStep | undefined> {
  if (incident.state !== 'triggered' || !incident.next) return undefined;
  const { org, id } = incident;
  const version = await table.get<QuietVersion>(schema.quietVersion.key({ org }));
  const held = heldStep(incident, (await loadQuiets(org, version, now)).quiets, now);
  if (held || !mayBeMuted(incident) || configuration.detection.inhibitions.length === 0) return held;
  const muted = await readMutedPage((await alertsOn(org, id)) ?? [], configuration, now);
  return muted && { by: muted.why };
}
