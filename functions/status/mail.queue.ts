import { functions } from '../../shared/wiring/index.ts';
import { readSettings } from '../aws/settings.ts';
import { batchWorker, inTurn } from '../edge/queue.ts';
import { announce } from './announce.ts';
import { askForConfirmation, mailUpdate } from './mail-subscribers.ts';
import { parseMailingMessage } from './mailing-message.ts';

readSettings(functions.Mailing.env);

/** Mails subscribers, one message after another: a lane of its own, which pages never wait for. */
export const handler = batchWorker(parseMailingMessage, (batch, invocation) =>
  inTurn(batch, async (message) => {
    if (message.kind === 'announce') return announce(message);
    const timeLeft = () => invocation.getRemainingTimeInMillis();
    return message.kind === 'confirm' ? askForConfirmation(message, timeLeft) : mailUpdate(message, timeLeft);
  }),
);
