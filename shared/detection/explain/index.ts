export { type AlertExplanation, explainAlert } from './alert.ts';
export { explainIncident, type IncidentRecord } from './incident.ts';
export {
  type AlertOutcome,
  type AlertRecord,
  alertOutcomes,
  type Joined,
  type Paging,
  type RulesOfVersion,
  type Told,
} from './record.ts';
