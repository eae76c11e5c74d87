import type { ExplainedStep } from '../../alerts/index.ts';
import { isOpen, nameOf } from '../../incidents/index.ts';
import type { Explained } from '../rules/explain.ts';
import { isOnIn } from '../suppressed.ts';
import { joinedStep } from './joined.ts';
import { noIncident } from './no-incident.ts';
import { countsAt } from './received.ts';
import type { AlertRecord, Joined, Told } from './record.ts';
import { isOfEarlier, type Standing } from './standing.ts';

/** Into which incident it came, and how; or why into none. */
export function windowStep(
  record: AlertRecord,
  told: Told,
  explained: Explained,
  standing: Standing,
): ExplainedStep {
  const { joined, outcome } = standing;
  const { match } = explained;
  const isElsewhere = outcome === 'waiting' || outcome === 'suppressed' || outcome === 'dropped';
  if (joined && !isElsewhere) return joinedStep(record, told, standing, joined, explained);
  const { lines = [], ...none } = noIncident(record, told, match, outcome);
  const before = joined && joinedStep(record, told, standing, joined, explained).text;
  const isEarlier = joined && isOfEarlier(record, joined, countsAt(record, told));
  return {
    ...{ about: 'window', basis: 'recomputed', ...none },
    lines: [
      ...lines,
      ...(before === undefined
        ? []
        : [
            `${isEarlier ? 'An earlier firing of it' : 'What was told of it before'} is in an incident: ${before}`,
          ]),
      ...(joined ? staysLines(record, joined) : []),
    ],
  };
}

/** What came in stays there, whatever rules say of it since. */
function staysLines({ head }: AlertRecord, { membership, incident, into }: Joined): readonly string[] {
  const last = into ?? incident;
  const stays = head !== undefined && last !== undefined && isOpen(last) && isOnIn(head, membership.incident);
  return stays ? [`It stays in ${nameOf(last)}, and keeps it open, until it ends.`] : [];
}
