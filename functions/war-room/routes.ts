import { router } from '../edge/router.ts';
import { addAction } from './add-action.http.ts';
import { changeAction } from './change-action.http.ts';
import { createTicket } from './create-ticket.http.ts';
import { getDocument } from './get-document.http.ts';
import { getRoom } from './get-room.http.ts';
import { getVideo } from './get-video.http.ts';
import { listActions } from './list-actions.http.ts';
import { listDocumentSnapshots } from './list-document-snapshots.http.ts';
import { listCredentials } from './list-video-credentials.http.ts';
import { removeCredentials } from './remove-video-credentials.http.ts';
import { setCredentials } from './set-video-credentials.http.ts';
import { startVideo } from './start-video.http.ts';

/** The REST verbs of the war room. */
export const handler = router('WarRoom', {
  'create-ticket': createTicket,
  'get-document': getDocument,
  'list-document-snapshots': listDocumentSnapshots,
  'get-room': getRoom,
  'list-actions': listActions,
  'add-action': addAction,
  'change-action': changeAction,
  'start-video': startVideo,
  'get-video': getVideo,
  'list-video-credentials': listCredentials,
  'set-video-credentials': setCredentials,
  'remove-video-credentials': removeCredentials,
});
