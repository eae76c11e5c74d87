import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';

const alarm = (name: string, value: string) => ({
  Source: 'aws.cloudwatch',
  DetailType: 'CloudWatch Alarm State Change',
  Resources: [`arn:aws:cloudwatch:eu-central-1:000000000000:alarm:${name}`],
  Detail: JSON.stringify({
    alarmName: name,
    state: { value, reason: 'Threshold Crossed' },
    configuration: {
      description: 'Too many orders wait',
      metrics: [
        {
          metricStat: { metric: { namespace: 'AWS/SQS', name: 'Age', dimensions: { QueueName: 'orders' } } },
        },
      ],
    },
  }),
});
const deployment = {
  Source: 'aws.codedeploy',
  DetailType: 'CodeDeploy Deployment State-change Notification',
  Detail: JSON.stringify({
    ...{ region: 'eu-central-1', application: 'orders', deploymentId: 'd-1', deploymentGroup: 'blue' },
    state: 'SUCCESS',
  }),
};

describe('the AWS account tells of itself', { timeout: 90_000 }, () => {
  let app: App;
  let client: EventBridgeClient;
  beforeAll(async () => {
    app = await startApp();
    const { AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint = '', AWS_ACCESS_KEY_ID: key = '' } =
      app.system.environment;
    const credentials = { accessKeyId: key, secretAccessKey: 'local' };
    client = new EventBridgeClient({ endpoint, region: 'eu-central-1', credentials });
  });
  afterAll(async () => {
    client.destroy();
    await app.stop();
  });
  const tell = async (...Entries: object[]) => {
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
    expect(FailedEntryCount).toBe(0);
    await app.system.idle();
  };

  it('and nobody hears it before an integration wants it', async () => {
    await tell(alarm('orders-backlog', 'ALARM'));
    expect(await app.incidents()).toEqual([]);
  });

  it('then an alarm becomes an incident, which its end resolves, and a deployment stands on the list of changes', async () => {
    const { body } = await app.call('POST', '/api/integrations', { name: 'account', source: 'eventbridge' });
    expect(String(body.url)).toContain('/webhooks/eventbridge/');
    // That there was none is remembered for some seconds.
    await app.system.clock.fastForward(10_000);
    await tell(deployment, alarm('orders-backlog', 'ALARM'));
    const [incident] = await app.incidents();
    expect(incident).toMatchObject({ title: 'orders-backlog', service: 'orders', state: 'triggered' });
    const changes = (await app.call('GET', '/api/changes')).body.items;
    expect(changes).toMatchObject([{ kind: 'deployment', title: 'Deployment of orders to blue succeeded' }]);
    await app.system.clock.fastForward(60_000);
    await tell(alarm('orders-backlog', 'OK'));
    await app.system.clock.fastForward(60_000);
    expect(await app.incidents('?state=open')).toEqual([]);
  });

  it('but no alarm of this system itself, nor what no rule waits for', async () => {
    const before = (await app.incidents()).length;
    await tell(alarm('IncidentManagement-AlarmsalertsAge1A2B3C4D-ABCDEFGHIJKL', 'ALARM'), {
      ...alarm('other', 'ALARM'),
      Source: 'shop.example',
    });
    expect(await app.incidents()).toHaveLength(before);
  });
});
