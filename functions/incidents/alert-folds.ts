import { type AlertsFold, foldAlerts, noAlerts } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { readFacts } from '../aws/incident-log.ts';

/** Facts never change, so what they say up to a number is remembered; the fold that was asked for longest ago comes first. */
const folds = new Map<string, AlertsFold>();

/** In all that is remembered, about 20 MB. */
const MOST_ALERTS = 50_000;
let alerts = 0;

const PAGE = 1_000;

/** What the log of an incident says of its alerts. Reads only what was recorded since this environment last read it. */
export async function readAlerts(org: OrganisationId, id: IncidentId, now: Instant): Promise<AlertsFold> {
  const name = `${org} ${id}`;
  let fold = folds.get(name) ?? noAlerts;
  for (let isWhole = false; !isWhole; ) {
    const { facts } = await readFacts(org, id, { after: fold.last, limit: PAGE, now });
    fold = foldAlerts(fold, facts);
    isWhole = facts.length < PAGE;
  }
  remember(name, fold);
  return fold;
}

function remember(name: string, fold: AlertsFold): void {
  forget(name);
  folds.set(name, fold);
  alerts += sizeOf(fold);
  for (const oldest of folds.keys()) {
    if (alerts <= MOST_ALERTS) break;
    forget(oldest);
  }
}

function forget(name: string): void {
  const fold = folds.get(name);
  if (fold && folds.delete(name)) alerts -= sizeOf(fold);
}

/** An incident without alerts takes room too. */
const sizeOf = ({ words }: AlertsFold): number => 1 + words.size;
