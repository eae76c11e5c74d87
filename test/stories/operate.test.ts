import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Redrivable, redrive } from '../../infra/operate/redrive.ts';
import { findTarget } from '../../infra/operate/target.ts';
import type { SignalsMessage } from '../../shared/alerts/index.ts';
import { type IntegrationId, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { post, signal } from '../support/signals.ts';

describe('what failed for good', () => {
  let app: App;
  let broken = true;
  beforeAll(async () => {
    app = await startApp({
      // As if the reader had lost a right: it may not send any more.
      faults: ({ function: name, service }) =>
        broken && name.startsWith('FanOut') && service === 'sqs' ? { kind: 'deny' } : undefined,
    });
  });
  afterAll(() => app.stop());

  async function redriven(what: Redrivable, dryRun = false) {
    const lines: string[] = [];
    const target = await findTarget({ data: app.system.data });
    const done = await redrive(target, what, { dryRun, tell: (line) => lines.push(line) });
    await app.system.idle();
    return { ...done, lines };
  }

  it('in a stream reader is kept, told by what it was about, and stays as long as the reader refuses it', async () => {
    await app.send('generic', { title: 'The attic is on fire', service: 'attic', severity: 'critical' });
    await app.system.clock.fastForward(MINUTE);
    const { moved, left, lines } = await redriven('stream', true);
    expect([moved > 0, left]).toEqual([true, 0]);
    expect(lines.join('\n')).toMatch(
      /^would hand to FanOut\w+: kind fact, type incident\.opened, org org_\w+, incidentId inc_\w+ \(INC-\d+\), seq 1$/m,
    );
    expect(lines.join('\n')).not.toContain('fire');
    expect(await redriven('stream')).toMatchObject({ moved: 0, left: moved });
    expect(await redriven('stream', true)).toMatchObject({ moved });
  });

  it('in a stream reader is handed to it again once the cause is mended, and nobody is paged twice', async () => {
    broken = false;
    const { moved, left } = await redriven('stream');
    expect([moved > 0, left]).toEqual([true, 0]);
    expect(await redriven('stream')).toMatchObject({ moved: 0, left: 0 });
    await app.system.clock.fastForward(MINUTE);
    expect(await app.incidents('?service=attic')).toHaveLength(1);
    expect(await app.mailbox('ada@example.com')).toHaveLength(1);
  });

  it('[F22] in the dead letters is handled once after the mending, however often and by how many it is redriven', async () => {
    const sqs = new SQSClient((await findTarget({ data: app.system.data })).clientConfig('sqs'));
    const buried = () =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: app.system.find('StoresAlertsDeadLetters').identity.ref,
          MessageBody: JSON.stringify(accepted),
          MessageGroupId: accepted.integration,
        }),
      );
    const at = app.system.clock.now();
    const accepted: SignalsMessage = {
      ...post(signal('cellar', 'firing', 0, { at, service: 'cellar', severity: 'P1_CRITICAL' })),
      org: app.addresses.organisation as OrganisationId,
      integration: 'int_01STORY' as IntegrationId,
      receivedAt: at,
    };
    await buried();
    for (const { moved, lines } of [await redriven('alerts', true), await redriven('alerts', true)]) {
      expect(moved).toBe(1);
      expect(lines).toEqual([
        `would move: kind signals, org ${accepted.org}, integration int_01STORY, receipt ${accepted.receipt}, 1 signals`,
      ]);
    }
    expect(await app.incidents('?service=cellar')).toEqual([]);

    const both = await Promise.all([redriven('alerts'), redriven('alerts')]);
    expect(both.map(({ moved, left }) => [moved, left]).toSorted()).toEqual([
      [0, 0],
      [1, 0],
    ]);
    await buried();
    expect(await redriven('alerts')).toMatchObject({ moved: 1 });
    expect(await redriven('alerts')).toMatchObject({ moved: 0 });
    sqs.destroy();

    expect(await app.incidents('?service=cellar')).toHaveLength(1);
    const pages = await app.mailbox('ada@example.com');
    expect(pages.filter(({ subject }) => subject.includes('cellar'))).toHaveLength(1);
  });
});
