import { alertsApi } from '../../shared/alerts/api.ts';
import type { CapabilityApi } from '../../shared/api/index.ts';
import { configurationApi } from '../../shared/configuration/api.ts';
import { identityApi } from '../../shared/identity/api.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { statusApi } from '../../shared/status/api.ts';
import { timelineApi } from '../../shared/timeline/api.ts';
import { warRoomApi } from '../../shared/war-room/api.ts';
import { apiApi } from './api.ts';

/** The schemas of every verb, by capability: the second half of what the route table says. */
export const apis: Readonly<Record<string, CapabilityApi>> = {
  alerts: alertsApi,
  api: apiApi,
  configuration: configurationApi,
  identity: identityApi,
  incidents: incidentsApi,
  metrics: metricsApi,
  'on-call': onCallApi,
  runbooks: runbooksApi,
  postmortems: postmortemsApi,
  status: statusApi,
  timeline: timelineApi,
  'war-room': warRoomApi,
};
