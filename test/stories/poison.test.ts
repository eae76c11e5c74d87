import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignalsMessage } from '../../shared/alerts/index.ts';
import type { IntegrationId, OrganisationId } from '../../shared/kernel/index.ts';
import { HOUR } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { post, signal } from '../support/signals.ts';

describe('messages that always fail', () => {
  let app: App;
  let sqs: SQSClient;
  beforeAll(async () => {
    app = await startApp();
    const credentials = { accessKeyId: 'story', secretAccessKey: 'story' };
    sqs = new SQSClient({ region: 'us-east-1', credentials, endpoint: app.system.engines.sqs });
  });
  afterAll(async () => {
    sqs.destroy();
    await app.stop();
  });

  const url = (queue: string) => app.system.find(queue).identity.ref;
  /** An accepted POST of this organisation about an alert of a service of its own. */
  const accepted = (n: number): SignalsMessage => {
    const more = { at: app.system.clock.now(), service: `shop-${n}` };
    const org = app.addresses.organisation as OrganisationId;
    const integration: IntegrationId = 'int_01STORY';
    const receivedAt = more.at;
    return { ...post(signal(`shop-${n}`, 'firing', 0, more)), org, integration, receivedAt };
  };

  it('[F22] end in the dead letters of the product, and the nine beside one in its batch are incidents at once', async () => {
    const { signals: _, ...poison } = accepted(0);
    const bodies = [...[1, 2, 3, 4, 5].map(accepted), poison, ...[6, 7, 8, 9].map(accepted)];
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url('StoresAlertsQueue'),
        Entries: bodies.map((body, n) => ({ Id: String(n), MessageBody: JSON.stringify(body) })),
      }),
    );
    await app.system.idle();
    const services = (await app.incidents('?state=open')).map(({ service }) => service);
    expect(services.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `shop-${n}`));

    await app.system.clock.fastForward(HOUR);
    const dead = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url('StoresAlertsDeadLetters'), MaxNumberOfMessages: 10 }),
    );
    expect(dead.Messages?.map(({ Body = '' }) => JSON.parse(Body))).toEqual([poison]);
    expect(await app.incidents('?state=open')).toHaveLength(9);
  }, 150_000);

  it('[F14] are not those with any character that a sender may write', async () => {
    const title = 'Köche \u{1F468}\u200d\u{1F373} haben kein Feuer \u{1F525}, \u202eesrever, \uFFFE';
    const answer = await app.send('generic', { title, service: 'kitchen', severity: 'warning' });
    expect(answer.status).toBe(202);
    expect(await app.incidents('?service=kitchen')).toHaveLength(1);
  });
});
