import { router } from '../edge/router.ts';
import { getDashboard } from './get-dashboard.http.ts';
import { getIncident } from './get-incident.http.ts';
import { getMttr } from './get-mttr.http.ts';
import { getTargets } from './get-targets.http.ts';
import { listIncidents } from './list-incidents.http.ts';
import { setTargets } from './set-targets.http.ts';

export const handler = router('Metrics', {
  'get-dashboard': getDashboard,
  'get-incident': getIncident,
  'get-mttr': getMttr,
  'get-targets': getTargets,
  'list-incidents': listIncidents,
  'set-targets': setTargets,
});
