import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { didYouMean, Refusal } from '../../shared/kernel/index.ts';
import type { Duty, Schedule } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { overridesAfter } from './overrides.ts';

/** Who is meant by a schedule of the configuration in force, with the overrides that end after an instant. */
export async function loadDuty(org: OrganisationId, after: Instant): Promise<Duty> {
  const [{ body }, overrides] = await allDone([
    loadConfiguration(org, tellLeftOut),
    overridesAfter(org, after),
  ]);
  return { people: body.people, schedules: body.schedules, overrides };
}

/** A schedule by id; another one is refused. */
export function scheduleIn({ schedules }: Duty, id: string): Schedule {
  const schedule = schedules.find((one) => one.id === id);
  if (schedule) return schedule;
  const meant = didYouMean(
    id,
    schedules.map((one) => one.id),
  );
  throw new Refusal('not_found', `There is no schedule '${id}'${meant || '.'}`, 'path.id');
}
