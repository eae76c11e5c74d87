import { router } from '../edge/router.ts';
import { addOverride } from './add-override.http.ts';
import { confirmNumber } from './confirm-number.http.ts';
import { endOverrideNow } from './end-override.http.ts';
import { explainIncident } from './explain-incident.http.ts';
import { getOnCall } from './get-on-call.http.ts';
import { getPaging } from './get-paging.http.ts';
import { getSchedule } from './get-schedule.http.ts';
import { listChannelsSet } from './list-channels.http.ts';
import { listOverrides } from './list-overrides.http.ts';
import { listPages } from './list-pages.http.ts';
import { listSchedules } from './list-schedules.http.ts';
import { listTests } from './list-tests.http.ts';
import { removeChannelSettings } from './remove-channel.http.ts';
import { respond } from './respond.http.ts';
import { setChannelUp } from './set-channel.http.ts';
import { showResponse } from './show-response.http.ts';
import { testNotification } from './test-notification.http.ts';

export const handler = router('OnCall', {
  'show-response': showResponse,
  respond,
  'list-pages': listPages,
  'explain-incident': explainIncident,
  'get-paging': getPaging,
  'get-on-call': getOnCall,
  'list-channels': listChannelsSet,
  'set-channel': setChannelUp,
  'remove-channel': removeChannelSettings,
  'list-schedules': listSchedules,
  'get-schedule': getSchedule,
  'list-overrides': listOverrides,
  'add-override': addOverride,
  'end-override': endOverrideNow,
  'test-notification': testNotification,
  'list-tests': listTests,
  'confirm-number': confirmNumber,
});
