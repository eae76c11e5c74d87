import { describe, expect, it } from 'vitest';
import { MemoryMail } from './memory-mail.ts';
import { MemoryQueues } from './memory-queues.ts';
import { MemorySecrets } from './memory-secrets.ts';
import { MemorySockets } from './memory-sockets.ts';
import type { QueueFaults } from './queue-types.ts';

let now = 1_000_000;
const ports = { now: () => now, chance: () => 0 };
const QueueUrl = 'https://sqs.test/0/jobs';

function queuesWith(faults: QueueFaults = {}): MemoryQueues {
  const queues = new MemoryQueues({ ...ports, queues: { jobs: { maxReceives: 2, visibility: 60 } } });
  queues.call('SendMessage', { QueueUrl, MessageBody: 'body', MessageGroupId: 'group' });
  queues.faults = faults;
  return queues;
}

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Attributes?: object;
}

function receive(queues: MemoryQueues): readonly Message[] {
  const asked = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] };
  const { Messages = [] } = queues.call('ReceiveMessage', asked) as { Messages?: readonly Message[] };
  return Messages;
}

const remove = (queues: MemoryQueues, { ReceiptHandle }: Message) =>
  queues.call('DeleteMessage', { QueueUrl, ReceiptHandle });

describe('the faults of the queues in memory', () => {
  it('give a message to two receivers, and either may delete it', () => {
    const queues = queuesWith({ duplicate: 1 });
    const [first] = receive(queues);
    const [second] = receive(queues);
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    if (first) remove(queues, first);
    expect(queues.waiting('jobs')).toEqual([]);
  });

  it('bring a deleted message back', () => {
    const queues = queuesWith({ undeleted: 1 });
    const [message] = receive(queues);
    if (message) remove(queues, message);
    expect(receive(queues)).toEqual([]);
    now += 60_000;
    expect(receive(queues)).toHaveLength(1);
  });

  it('fail one entry of a batch, a call before it is done, or after', () => {
    const send = (queues: MemoryQueues) =>
      queues.call('SendMessageBatch', { QueueUrl, Entries: [{ Id: '1', MessageBody: 'more' }] });
    const partial = queuesWith({ partial: 1 });
    expect(send(partial)).toEqual({ Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }] });
    for (const [faults, stored] of [
      [{ throttle: 1 }, 1],
      [{ failBefore: 1 }, 1],
      [{ failAfter: 1 }, 2],
    ] as const) {
      const queues = queuesWith(faults);
      expect(() => send(queues)).toThrow();
      expect(queues.waiting('jobs')).toHaveLength(stored);
    }
  });
});

describe('the queues in memory', () => {
  it('tell when something is due, what waits and what is dead', () => {
    const queues = queuesWith();
    expect([queues.nextDue(), queues.receivable('jobs')]).toEqual([now, 1]);
    expect(receive(queues)[0]?.Attributes).toMatchObject({
      MessageGroupId: 'group',
      SentTimestamp: String(now),
    });
    expect([queues.nextDue(), queues.receivable('jobs')]).toEqual([now + 60_000, 0]);
    now += 60_000;
    receive(queues);
    now += 60_000;
    expect([receive(queues), queues.nextDue()]).toEqual([[], undefined]);
    expect(queues.deadLetters('jobs')).toMatchObject([{ body: 'body' }]);
  });

  it('count their messages', () => {
    const queues = queuesWith();
    queues.call('SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 5 });
    receive(queues);
    expect(queues.call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toEqual({
      Attributes: {
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesNotVisible: '1',
        ApproximateNumberOfMessagesDelayed: '1',
      },
    });
  });

  it('leave a message that was received again to its last receiver', () => {
    const queues = queuesWith();
    const [first] = receive(queues);
    now += 60_000;
    const [second] = receive(queues);
    if (first) remove(queues, first);
    expect(queues.waiting('jobs')).toHaveLength(1);
    const hide = { QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 5 };
    expect(() => queues.call('ChangeMessageVisibility', hide)).toThrow('not in flight');
    const gone = { QueueUrl, Entries: [{ Id: '1', ReceiptHandle: second?.ReceiptHandle }] };
    expect(queues.call('DeleteMessageBatch', gone)).toEqual({ Successful: [{ Id: '1' }] });
    expect(queues.waiting('jobs')).toEqual([]);
  });
});

describe('what else is in memory', () => {
  const mail = { Source: 'a@b.example', Destination: { ToAddresses: ['c@d.example'] } };

  it('mail is throttled, refused, or accepted without an answer', () => {
    for (const [faults, sent, name] of [
      [{ throttle: 1 }, 0, 'Throttling'],
      [{ rejectUntil: Number.POSITIVE_INFINITY }, 0, 'MessageRejected'],
      [{ loseAnswer: 1 }, 1, 'TimeoutError'],
    ] as const) {
      const provider = new MemoryMail({ ...ports, faults });
      expect(() => provider.call('SendEmail', mail)).toThrow(expect.objectContaining({ name }));
      expect(provider.sent).toHaveLength(sent);
    }
  });

  it('mail in the sandbox goes only to those who agreed', () => {
    const provider = new MemoryMail({ ...ports, sandbox: true });
    const status = () =>
      provider.call('GetIdentityVerificationAttributes', { Identities: ['c@d.example', 'x@y.example'] });
    expect(provider.call('GetSendQuota', {})).toMatchObject({ Max24HourSend: 200 });
    expect(() => provider.call('SendEmail', mail)).toThrow('not verified');
    provider.call('VerifyEmailIdentity', { EmailAddress: 'c@d.example' });
    expect(status()).toEqual({
      VerificationAttributes: { 'c@d.example': { VerificationStatus: 'Pending' } },
    });
    provider.agree('c@d.example');
    expect(provider.call('SendEmail', mail)).toEqual({ MessageId: 'mail-1' });
  });

  it('a frame is limited, comes too late, or arrives without an answer', () => {
    for (const [faults, frames, name] of [
      [{ throttle: 1 }, 0, 'LimitExceededException'],
      [{ gone: 1 }, 0, 'GoneException'],
      [{ loseAnswer: 1 }, 1, 'TimeoutError'],
    ] as const) {
      const sockets = new MemorySockets({ ...ports, faults });
      sockets.connect('one');
      const post = () => sockets.call('PostToConnection', { ConnectionId: 'one', Data: Buffer.from('x') });
      expect(post).toThrow(expect.objectContaining({ name }));
      expect(sockets.frames('one')).toHaveLength(frames);
    }
  });

  it('a secret is known by its id', () => {
    const secrets = new MemorySecrets({ one: 'value' });
    expect(secrets.call('GetSecretValue', { SecretId: 'one' })).toMatchObject({ SecretString: 'value' });
    expect(() => secrets.call('GetSecretValue', { SecretId: 'two' })).toThrow("can't find");
  });
});
