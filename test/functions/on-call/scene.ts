import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-ses';
import { type AwsStub, mockClient } from 'aws-sdk-client-mock';
import { replaceConfiguration } from '../../../functions/aws/configuration.ts';
import { declare } from '../../../functions/aws/incident-log.ts';
import { table } from '../../../functions/aws/table.ts';
import { configurationSchema } from '../../../shared/configuration/index.ts';
import { firstStep, type Incident, type Opened } from '../../../shared/incidents/index.ts';
import { type Actor, idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { ann, T0 } from '../../support/given.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A mail provider that remembers, and a secret. */
export function startProviders() {
  const mail = mockClient(SESClient);
  const secrets = mockClient(SecretsManagerClient);
  secrets.on(GetSecretValueCommand).resolves({ SecretString: 'a secret of a test' });
  const inbox: Letter[] = [];
  const works = (): AwsStub<never, never, never> | unknown =>
    mail.on(SendEmailCommand).callsFake((input: SendEmailCommandInput) => {
      inbox.push(letterOf(input));
      return { MessageId: `ses-${inbox.length}` };
    });
  works();
  return {
    inbox,
    mail,
    /** Lets the provider take mails again after a test made it fail. */
    works,
    stop() {
      mail.restore();
      secrets.restore();
    },
  };
}

const letterOf = ({ Destination, Message }: SendEmailCommandInput): Letter => ({
  to: Destination?.ToAddresses?.[0] ?? '',
  subject: Message?.Subject?.Data ?? '',
  text: Message?.Body?.Text?.Data ?? '',
});

const people = ['ann', 'bob'].map((id) => ({ id, name: id, email: `${id}@example.com` }));

/** An organisation with Ann on the first level and Bob on the second, five minutes apart, and one administrator. */
export async function organisation(
  name: string,
  policies?: readonly object[],
  schedules: readonly object[] = [],
  persons: readonly object[] = people,
): Promise<OrganisationId> {
  const org = idOf('organisation', T0, name);
  const levels = [{ targets: ['ann'] }, { targets: ['bob'] }];
  const body = configurationSchema.parse({
    people: persons,
    schedules,
    policies: policies ?? [{ id: 'default', name: 'Default', levels }],
  });
  await replaceConfiguration(org, 0, body, { actor: ann, at: T0 });
  const person = idOf('person', T0, 'root');
  const root = { person, name: 'Root', email: 'root@example.com', role: 'administrator' };
  await table.put({ ...schema.member.key({ org, person }), ...root });
  return org;
}

/** An incident that was just declared there. */
export async function open(
  org: OrganisationId,
  data: Partial<Opened['data']> = {},
  actor: Actor = ann,
): Promise<Incident> {
  const severity = data.severity ?? 'P1_CRITICAL';
  const next = firstStep(severity, T0);
  const said = { title: 'Checkout p99 high', severity, ...(next && { next }), ...data };
  return (await declare(org, said, { actor, now: T0, at: T0, seed: crypto.randomUUID() })).incident;
}
