import { router } from '../edge/router.ts';
import { changeHeartbeat } from './change-heartbeat.http.ts';
import { changeMaintenance } from './change-maintenance.http.ts';
import { changeSilence } from './change-silence.http.ts';
import { createHeartbeat } from './create-heartbeat.http.ts';
import { createIntegration } from './create-integration.http.ts';
import { createMaintenance } from './create-maintenance.http.ts';
import { createSilence } from './create-silence.http.ts';
import { deleteIntegration } from './delete-integration.http.ts';
import { endHeartbeat } from './end-heartbeat.http.ts';
import { endMaintenance } from './end-maintenance.http.ts';
import { endSilence } from './end-silence.http.ts';
import { refusedAtOpsgenie } from './entrances/opsgenie-words.ts';
import { explainAlert } from './explain-alert.http.ts';
import { getAlert } from './get-alert.http.ts';
import { getHeartbeat } from './get-heartbeat.http.ts';
import { getIntegration } from './get-integration.http.ts';
import { getSilence } from './get-silence.http.ts';
import { listAlerts } from './list-alerts.http.ts';
import { listChanges } from './list-changes.http.ts';
import { listDeliveries } from './list-deliveries.http.ts';
import { listHeartbeats } from './list-heartbeats.http.ts';
import { listIntegrations } from './list-integrations.http.ts';
import { listMaintainedAlerts } from './list-maintained-alerts.http.ts';
import { listMaintenance } from './list-maintenance.http.ts';
import { listSilencedAlerts } from './list-silenced-alerts.http.ts';
import { listSilences } from './list-silences.http.ts';
import { opsgenieChangeHeartbeat } from './opsgenie-change-heartbeat.http.ts';
import { opsgenieCreateHeartbeat } from './opsgenie-create-heartbeat.http.ts';
import { opsgenieEndHeartbeat } from './opsgenie-end-heartbeat.http.ts';
import { opsgenieGetHeartbeat } from './opsgenie-get-heartbeat.http.ts';
import { opsgenieListHeartbeats } from './opsgenie-list-heartbeats.http.ts';
import { opsgeniePing } from './opsgenie-ping.http.ts';
import { opsgenieSwitchHeartbeat } from './opsgenie-switch-heartbeat.http.ts';
import { ping } from './ping.http.ts';
import { recordChange } from './record-change.http.ts';
import { rotateIntegration } from './rotate-integration.http.ts';
import { testIntegration } from './test-integration.http.ts';
import { updateIntegration } from './update-integration.http.ts';

/** The REST verbs of alerts in one Lambda; receiving has its own. */
export const handler = router(
  'Alerts',
  {
    'list-integrations': listIntegrations,
    'create-integration': createIntegration,
    'get-integration': getIntegration,
    'update-integration': updateIntegration,
    'rotate-integration': rotateIntegration,
    'list-deliveries': listDeliveries,
    'test-integration': testIntegration,
    'delete-integration': deleteIntegration,
    'list-changes': listChanges,
    'record-change': recordChange,
    ping,
    'list-heartbeats': listHeartbeats,
    'get-heartbeat': getHeartbeat,
    'create-heartbeat': createHeartbeat,
    'change-heartbeat': changeHeartbeat,
    'end-heartbeat': endHeartbeat,
    'list-silences': listSilences,
    'create-silence': createSilence,
    'get-silence': getSilence,
    'change-silence': changeSilence,
    'end-silence': endSilence,
    'list-silenced-alerts': listSilencedAlerts,
    'list-maintenance': listMaintenance,
    'create-maintenance': createMaintenance,
    'change-maintenance': changeMaintenance,
    'end-maintenance': endMaintenance,
    'list-maintained-alerts': listMaintainedAlerts,
    'list-alerts': listAlerts,
    'get-alert': getAlert,
    'explain-alert': explainAlert,
    'opsgenie-list-heartbeats': opsgenieListHeartbeats,
    'opsgenie-create-heartbeat': opsgenieCreateHeartbeat,
    'opsgenie-get-heartbeat': opsgenieGetHeartbeat,
    'opsgenie-change-heartbeat': opsgenieChangeHeartbeat,
    'opsgenie-end-heartbeat': opsgenieEndHeartbeat,
    'opsgenie-switch-heartbeat': opsgenieSwitchHeartbeat,
    'opsgenie-ping': opsgeniePing,
  },
  refusedAtOpsgenie,
);
