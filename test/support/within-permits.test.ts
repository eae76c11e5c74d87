import { describe, expect, it } from 'vitest';
import { permitWatch } from './within-permits.ts';

const services: Readonly<Record<string, 'ses' | 'sqs' | 'secrets' | 'ssm'>> = {
  SendEmail: 'ses',
  SendMessage: 'sqs',
  SendMessageBatch: 'sqs',
  GetSecretValue: 'secrets',
  GetParameter: 'ssm',
};
const at = (pk: string) => ({ pk: { S: pk }, sk: { S: 'X' } });
const queryOf = (pk: string) => ({
  KeyConditionExpression: '#0 = :0 AND begins_with(#1, :1)',
  ExpressionAttributeNames: { '#0': 'pk', '#1': 'sk' },
  ExpressionAttributeValues: { ':0': { S: pk }, ':1': { S: 'F#' } },
});

/** What a watch says after these calls. */
function beyond(...calls: readonly (readonly [who: string, operation: string, body?: object])[]) {
  const watch = permitWatch();
  for (const [who, operation, body = {}] of calls) {
    const service = services[operation] ?? 'dynamodb';
    const named = { service, operation, function: `${who}Function0123ABCD`, environment: 1 } as const;
    watch.observe({ ...named, body: JSON.stringify(body) }, { status: 200, took: 1 });
  }
  return watch.beyond();
}

describe('a watch over what functions do', () => {
  it('says nothing about what is permitted', () => {
    const url = { QueueUrl: 'http://127.0.0.1:1/1/StoresAlertsQueue0A1B' };
    expect(
      beyond(
        ['Receive', 'GetItem', { Key: at('KEY#1') }],
        ['Receive', 'SendMessageBatch', url],
        ['Deliver', 'SendEmail'],
        ['Deliver', 'GetSecretValue'],
        ['WarRoom', 'GetParameter'],
        ['Sweep', 'Query', { IndexName: 'gsi2' }],
        ['Detect', 'TransactWriteItems', { TransactItems: [{ Put: { Item: at('a') } }, { Delete: {} }] }],
      ),
    ).toEqual([]);
  });

  it('names an operation, an index, a part of a transaction, a queue and a mail that are not', () => {
    const url = { QueueUrl: 'http://127.0.0.1:1/1/StoresDeliveryQueue0A1B' };
    expect(
      beyond(
        ['Connect', 'UpdateItem'],
        ['Connect', 'UpdateItem'],
        ['Sweep', 'Query', { IndexName: 'gsi1' }],
        ['Detect', 'TransactWriteItems', { TransactItems: [{ ConditionCheck: {} }] }],
        ['Detect', 'SendMessage', url],
        ['Escalate', 'SendEmail'],
        ['Escalate', 'GetParameter'],
        ['Receive', 'Scan'],
      ),
    ).toEqual([
      'Connect: update',
      'Detect: check',
      'Detect: send delivery',
      'Escalate: mail',
      'Escalate: video',
      'Receive: Scan',
      'Sweep: gsi1',
    ]);
  });

  it('names a function that nobody knows, and what a function of no permit does', () => {
    expect(beyond(['Recieve', 'GetItem'], ['FanOut', 'GetSecretValue'], ['FanOut', 'GetItem'])).toEqual([
      'FanOut: get',
      'FanOut: secret',
      'RecieveFunction0123ABCD: has no permit',
    ]);
  });

  it('names items that are not those of the function, wherever a call names them', () => {
    const room = 'O#org_1#R#inc_1#0';
    const keys = { RequestItems: { Events: { Keys: [at(room), at('O#org_1#K#2')] } } };
    expect(
      beyond(
        ['Receive', 'GetItem', { Key: at('O#org_1#CFG') }],
        ['Ticket', 'DeleteItem', { Key: at('TICKET#1') }],
        ['Ticket', 'DeleteItem', { Key: at('KEY#1') }],
        ['Connect', 'PutItem', { Item: at('O#org_1#I#inc_1') }],
        ['Connect', 'TransactWriteItems', { TransactItems: [{ Put: { Item: at('TICKET#1') } }] }],
        ['Broadcast', 'BatchGetItem', keys],
        ['Broadcast', 'Query', queryOf(room)],
        ['Broadcast', 'Query', queryOf('O#org_1#K#1')],
        ['Broadcast', 'Query', {}],
        ['Authorize', 'Query', queryOf('WHO#1')],
        ['Authorize', 'Query', queryOf('WHOEVER')],
        ['Detect', 'GetItem', { Key: at('O#org_1#I#inc_1') }],
      ),
    ).toEqual([
      'Authorize: query WHOEVER',
      'Broadcast: batchGet O#{org}#K#{hash}',
      'Broadcast: query O#{org}#K#{hash}',
      'Broadcast: query unknown',
      'Connect: put O#{org}#I#{inc}',
      'Connect: put TICKET#{hash}',
      'Receive: get O#{org}#CFG',
      'Ticket: delete KEY#{hash}',
    ]);
  });
});
