import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, vi } from 'vitest';
import { clock } from '../../functions/aws/clock.ts';
import { idOf, type OrganisationId, type PageId } from '../../shared/kernel/index.ts';
import { call, memberOf, queueEvent, startWorld } from './function-world.ts';
import { T0 } from './given.ts';
import { lambdaContext, type TestRequest } from './http-event.ts';

/** The status page of an organisation with its real functions, around them a real table and a provider that only remembers. */
export async function startSubscriberWorld() {
  const ses = mockClient(SESv2Client);
  const quota = mockClient(SESClient);
  const secrets = mockClient(SecretsManagerClient);
  const world = await startWorld();
  // Workers wait for their turn by a clock that stands still.
  vi.spyOn(clock, 'pause').mockImplementation(async (time) => world.setClock(clock.now() + time));
  const { log } = await import('../../functions/edge/log.ts');
  for (const level of ['info', 'error'] as const) vi.spyOn(log, level).mockReturnValue(undefined);
  const api = world.as('StatusApi', (await import('../../functions/status/routes.ts')).handler);
  const worker = world.as('Mailing', (await import('../../functions/status/mail.queue.ts')).handler);
  let [org, page, count] = ['' as OrganisationId, '' as PageId, 0];

  const open = (method: string, path: string, more: Partial<TestRequest> = {}) =>
    call(api, { method, path, ...more });
  const member = (method: string, path: string, more: Partial<TestRequest> = {}) =>
    open(method, `/api/status${path}`, { authorizer: memberOf(org), ...more });
  const bodies = () => world.sent.filter(({ queue }) => queue === 'Mailing').map(({ body }) => body);
  const mails = () => ses.commandCalls(SendEmailCommand).map(({ args: [{ input }] }) => input);
  const textOf = (mail = mails().at(-1)) => mail?.Content?.Simple?.Body?.Text?.Data ?? '';
  const linkIn = (text: string) => new URL(/https:\S+subscriptions\S+/.exec(text)?.[0] ?? '').pathname;
  const subscribe = (email: string, sourceIp = email) =>
    open('POST', '/api/status/subscribe', { body: { email, page }, sourceIp });
  /** Works off what was sent, messages of messages too; each `times` over. */
  async function work(times = 1) {
    for (let round = 0; round < 5 && bodies().length > 0; round++) {
      const messages = bodies();
      world.forget();
      for (let i = 0; i < times; i++)
        for (const body of messages)
          expect(await worker(queueEvent('Mailing', [body]), lambdaContext)).toEqual({
            batchItemFailures: [],
          });
    }
  }
  return {
    ...{ world, ses, quota, worker, open, member, bodies, mails, textOf, linkIn, subscribe, work },
    place: () => ({ org, page }),
    /** Begins with a page of another organisation, which nobody subscribed to. */
    async newPage() {
      org = idOf('organisation', T0, `subscribers ${count++}`);
      page = idOf('statusPage', 0, org);
      world.setClock(T0);
      ses.reset();
      ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
      quota.on(GetSendQuotaCommand).resolves({ MaxSendRate: 14 });
      secrets.on(GetSecretValueCommand).resolves({ SecretString: 'secret' });
      await member('PATCH', '/page', { body: { name: 'Acme' } });
      world.forget();
      return page;
    },
    /** Somebody who subscribed and confirmed. */
    async subscriber(email: string) {
      await subscribe(email);
      await work();
      await open('POST', linkIn(textOf()));
      ses.resetHistory();
    },
    tell: (more: object = {}) =>
      member('POST', '/incidents', {
        body: { title: 'Slow', text: 'We look.', state: 'investigating', ...more },
      }),
    async stop() {
      vi.restoreAllMocks();
      for (const one of [ses, quota, secrets]) one.restore();
      await world.stop();
    },
  };
}

export type SubscriberWorld = Awaited<ReturnType<typeof startSubscriberWorld>>;
