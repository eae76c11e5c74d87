import type { Source } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { deleteKeyDoorWrite, type KeyDoor, putKeyDoorWrite } from '../aws/doors.ts';
import { sha256 } from '../aws/random.ts';
import type { Write } from '../aws/table.ts';

/**
 * Under which name the integration is found that gets the events of this AWS account. It is no secret: with its spaces it can
 * stand in no address, so nobody comes in by it from outside.
 */
export const accountDoor = 'events of this account';

/** What makes an integration of EventBridge, beside its own door, that of the account; of any other source nothing. */
export const claimAccount = (source: Source, door: KeyDoor): readonly Write[] =>
  source === 'eventbridge' ? [putKeyDoorWrite(accountDoor, door)] : [];

/** What frees the account for another integration. */
export const freeAccount = (source: Source): readonly Write[] =>
  source === 'eventbridge' ? [deleteKeyDoorWrite(sha256(accountDoor))] : [];

/** The refusal of a second integration of EventBridge. */
export const accountTaken = (): Refusal =>
  new Refusal(
    'conflict',
    'The events of this AWS account go to an integration for eventbridge already, and there is one in a deployment. Delete that one first.',
    'body.source',
  );
