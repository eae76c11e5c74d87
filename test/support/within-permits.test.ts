import { describe, expect, it } from 'vitest';
import { permitWatch } from './within-permits.ts';

/** What a watch says after these calls. */
function beyond(...calls: readonly (readonly [who: string, operation: string, body?: object])[]) {
  const watch = permitWatch();
  for (const [who, operation, body = {}] of calls) {
    const service = operation.startsWith('Send') ? (operation === 'SendEmail' ? 'ses' : 'sqs') : 'dynamodb';
    const call = {
      service,
      operation,
      function: `${who}Function0123ABCD`,
      body: JSON.stringify(body),
    } as const;
    watch.observe(call, { status: 200, took: 1 });
  }
  return watch.beyond();
}

describe('a watch over what functions do', () => {
  it('says nothing about what is permitted', () => {
    const url = { QueueUrl: 'http://127.0.0.1:1/1/StoresAlertsQueue0A1B' };
    expect(
      beyond(
        ['Receive', 'GetItem'],
        ['Receive', 'SendMessageBatch', url],
        ['Deliver', 'SendEmail'],
        ['Sweep', 'Query', { IndexName: 'gsi2' }],
        ['Detect', 'TransactWriteItems', { TransactItems: [{ Put: {} }, { Delete: {} }] }],
      ),
    ).toEqual([]);
  });

  it('names an operation, an index, a part of a transaction, a queue and a mail that are not', () => {
    const url = { QueueUrl: 'http://127.0.0.1:1/1/StoresDeliveryQueue0A1B' };
    expect(
      beyond(
        ['Receive', 'PutItem'],
        ['Receive', 'PutItem'],
        ['Sweep', 'Query', { IndexName: 'gsi1' }],
        ['Detect', 'TransactWriteItems', { TransactItems: [{ ConditionCheck: {} }] }],
        ['Detect', 'SendMessage', url],
        ['Escalate', 'SendEmail'],
        ['Receive', 'Scan'],
      ),
    ).toEqual([
      'Detect: check',
      'Detect: send delivery',
      'Escalate: mail',
      'Receive: Scan',
      'Receive: put',
      'Sweep: gsi1',
    ]);
  });
});
