import { type FlappingSettings, flappingBy } from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/** When an alert flaps, by the configuration in force. */
export async function flappingOf(org: OrganisationId): Promise<FlappingSettings> {
  const { body } = await loadConfiguration(org, tellLeftOut);
  return flappingBy(body.detection);
}
