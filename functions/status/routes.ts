import { router } from '../edge/router.ts';
import { addComponent } from './add-component.http.ts';
import { addGroup } from './add-group.http.ts';
import { cancelMaintenance } from './cancel-maintenance.http.ts';
import { changeComponent } from './change-component.http.ts';
import { changeGroup } from './change-group.http.ts';
import { changeIncident } from './change-incident.http.ts';
import { changeMaintenance } from './change-maintenance.http.ts';
import { configure } from './configure.http.ts';
import { confirmSubscription } from './confirm-subscription.http.ts';
import { correctUpdate } from './correct-update.http.ts';
import { dismissProposal } from './dismiss-proposal.http.ts';
import { get } from './get.http.ts';
import { getPublic } from './get-public.http.ts';
import { listSubscribersOfPage } from './list-subscribers.http.ts';
import { publishIncident } from './publish-incident.http.ts';
import { publishUpdate } from './publish-update.http.ts';
import { removeComponent } from './remove-component.http.ts';
import { removeGroup } from './remove-group.http.ts';
import { removeSubscriber } from './remove-subscriber.http.ts';
import { scheduleMaintenance } from './schedule-maintenance.http.ts';
import { setStatus } from './set-status.http.ts';
import { showSubscription } from './show-subscription.http.ts';
import { showUnsubscribe } from './show-unsubscribe.http.ts';
import { subscribe } from './subscribe.http.ts';
import { unsubscribe } from './unsubscribe.http.ts';
import { withdrawUpdate } from './withdraw-update.http.ts';

/** The REST verbs of the status page. */
export const handler = router('StatusApi', {
  get,
  'get-public': getPublic,
  configure,
  'add-group': addGroup,
  'change-group': changeGroup,
  'remove-group': removeGroup,
  'add-component': addComponent,
  'change-component': changeComponent,
  'set-status': setStatus,
  'remove-component': removeComponent,
  'publish-incident': publishIncident,
  'change-incident': changeIncident,
  'publish-update': publishUpdate,
  'correct-update': correctUpdate,
  'withdraw-update': withdrawUpdate,
  'schedule-maintenance': scheduleMaintenance,
  'change-maintenance': changeMaintenance,
  'cancel-maintenance': cancelMaintenance,
  'dismiss-proposal': dismissProposal,
  subscribe,
  'show-subscription': showSubscription,
  'confirm-subscription': confirmSubscription,
  'show-unsubscribe': showUnsubscribe,
  unsubscribe,
  'list-subscribers': listSubscribersOfPage,
  'remove-subscriber': removeSubscriber,
});
