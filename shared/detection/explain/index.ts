export { type AlertExplanation, explainAlert, incidentFor, unknownRule } from './alert.ts';
export { explainIncident, type IncidentRecord } from './incident.ts';
export type { AbsorbedLog } from './members.ts';
export { type Muting, mutingGroups, mutingOf } from './muting.ts';
export { pageWaits } from './pages.ts';
export { countsWithOthersAt } from './received.ts';
export type {
  AlertRecord,
  Joined,
  Paging,
  RulesOfVersion,
  Told,
} from './record.ts';
