export { type AlertExplanation, explainAlert, incidentsFor, unknownRule } from './alert.ts';
export { explainIncident } from './incident.ts';
export type { IncidentRecord } from './incident-record.ts';
export { entryIn } from './log-entry.ts';
export type { AbsorbedLog } from './members.ts';
export { type Muting, mutingGroups, mutingOf } from './muting.ts';
export { pageWaits } from './pages.ts';
export { countsAt, countsWithOthersAt } from './received.ts';
export type {
  AlertRecord,
  Joined,
  PagedBefore,
  Paging,
  RulesOfVersion,
  Told,
} from './record.ts';
