import { randomBytes } from 'node:crypto';
import type { Core } from '../core.ts';
import { invokeLater } from '../events/asynchronous.ts';
import type { ReceiptRule } from '../resources/receipt-rules.ts';

/** A mail that was received. */
export interface ReceivedMail {
  readonly raw: Buffer;
  readonly from: string;
  /** Whom it was sent to, and which of these the rule is for. */
  readonly all: readonly string[];
  readonly recipients: readonly string[];
}

/** Does what a rule says with a mail, one action after the other. Only what lies in its bucket is taken; functions are not waited for. */
export async function deliver(mail: ReceivedMail, rule: ReceiptRule, world: Core): Promise<void> {
  const messageId = randomBytes(20).toString('hex');
  for (const action of rule.actions) {
    if ('S3Action' in action) {
      const { BucketName, ObjectKeyPrefix } = action.S3Action;
      await put(`${BucketName}/${ObjectKeyPrefix}${messageId}`, mail.raw, world);
    } else {
      const { FunctionArn } = action.LambdaAction;
      const event = eventOf(messageId, FunctionArn, mail, rule, world);
      void world
        .busy(() => invokeLater(FunctionArn, event, world))
        .catch((error: unknown) => world.log(String(error)));
    }
  }
}

async function put(place: string, raw: Buffer, { engines }: Core): Promise<void> {
  const answer = await fetch(`${engines.s3}/${place}`, { method: 'PUT', body: new Uint8Array(raw) });
  if (!answer.ok) throw new Error(`The mail could not be put into ${place}: S3 answered ${answer.status}`);
}

/** What SES tells a function of a mail. Nobody looks into mails here, so every verdict is that nothing was found. */
function eventOf(
  messageId: string,
  functionArn: string,
  { from, all, recipients }: ReceivedMail,
  { isScanned }: ReceiptRule,
  { clock }: Core,
): object {
  const timestamp = new Date(clock.now()).toISOString();
  const verdict = { status: 'PASS' };
  const scanned = isScanned ? verdict : { status: 'DISABLED' };
  return {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            ...{ timestamp, source: from, messageId, destination: all },
            ...{ headersTruncated: false, headers: [], commonHeaders: {} },
          },
          receipt: {
            ...{ timestamp, processingTimeMillis: 0, recipients },
            ...{ spamVerdict: scanned, virusVerdict: scanned },
            ...{ spfVerdict: verdict, dkimVerdict: verdict, dmarcVerdict: verdict },
            action: { type: 'Lambda', functionArn, invocationType: 'Event' },
          },
        },
      },
    ],
  };
}
