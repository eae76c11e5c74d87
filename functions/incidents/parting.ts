import { type AlertHead, goneBy, isDecidedBy, servicesOf } from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { loadHeads } from '../aws/members.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/** Alerts that are looked at, at once and in all; where more stay, what the incident says of services stays as well. */
const AT_ONCE = 100;
const MOST = 2_000;

/** The services that an incident has to do with no more when these alerts leave it and those stay. */
export async function goneWith(
  source: Incident,
  leaving: readonly AlertHead[],
  staying: readonly string[],
): Promise<readonly string[]> {
  const { org, reached = [], origin } = source;
  if (reached.length === 0 && origin === undefined) return [];
  const { rules } = (await loadConfiguration(org, tellLeftOut)).body;
  const services = (heads: readonly AlertHead[]) => heads.flatMap((head) => servicesOf(rules, head));
  const parting = { leaving: new Set(services(leaving)), staying: new Set<string>() };
  for (let i = 0; i < staying.length && !isDecidedBy(source, parting); i += AT_ONCE) {
    if (i >= MOST) return [];
    const heads = await loadHeads(org, staying.slice(i, i + AT_ONCE));
    for (const one of services(heads)) parting.staying.add(one);
  }
  return goneBy(source, parting);
}

/** The alerts of an incident without some. */
export const without = (
  entries: readonly { readonly fingerprint: string }[],
  alerts: readonly string[],
): readonly string[] => entries.map(({ fingerprint }) => fingerprint).filter((one) => !alerts.includes(one));
