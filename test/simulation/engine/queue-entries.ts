import { MAX_BYTES } from './queue-errors.ts';

/** A message to be sent, alone or in a batch. */
export interface Entry {
  readonly Id?: string;
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageGroupId?: string;
}

const members: ReadonlySet<string> = new Set([
  'Id',
  'QueueUrl',
  'MessageBody',
  'DelaySeconds',
  'MessageGroupId',
]);

const LONGEST_DELAY = 900;

/** Characters that SQS takes: those of XML 1.0. Half of a character is sent as U+FFFD. */
const refusedCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{D800}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Why SQS does not take this message, if it does not. */
export function faultOf(entry: Entry): string | undefined {
  const { MessageBody: body = '', DelaySeconds: delay = 0 } = entry;
  for (const name in entry)
    if (!members.has(name)) return `The engine in memory does not know ${name} of a message`;
  if (body === '') return 'The request must contain the parameter MessageBody.';
  if (!Number.isInteger(delay) || delay < 0 || delay > LONGEST_DELAY) {
    return `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`;
  }
  if (sizeOf(entry) > MAX_BYTES)
    return `One or more parameters are invalid. Message must be at most ${MAX_BYTES} bytes.`;
  return refusedCharacter.test(body) ? 'Invalid characters found.' : undefined;
}

export const sizeOf = ({ MessageBody = '' }: Entry): number => Buffer.byteLength(MessageBody);
