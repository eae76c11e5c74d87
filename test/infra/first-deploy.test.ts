import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Made, references, synthesize, synthesized, text } from './synthesized.ts';

let made: Made;
beforeAll(() => {
  made = synthesized();
});

describe('[F92] what is reserved for paging', () => {
  const reservedIn = ({ ofType }: Made) =>
    Object.fromEntries(
      ofType('AWS::Lambda::Function')
        .filter(({ Properties: own }) => own.ReservedConcurrentExecutions !== undefined)
        .map(({ Properties: own }) => [own.Handler, own.ReservedConcurrentExecutions]),
    );
  const limitsIn = ({ ofType }: Made) =>
    ofType('AWS::Lambda::EventSourceMapping').flatMap(({ Properties: { FunctionName, ScalingConfig } }) =>
      ScalingConfig === undefined ? [] : [[references(FunctionName)[0], ScalingConfig]],
    );

  // Bulk mail always has two workers, which share a rate.
  const bulk = [expect.stringMatching(/^Mailing/), { MaximumConcurrency: 2 }];

  test('is nothing unless it is set, because a new account refuses it', () => {
    expect(reservedIn(made)).toEqual({});
    expect(limitsIn(made)).toEqual([bulk]);
  });

  test('is the same for the two functions that page, whose pollers ask for no more', () => {
    const set = synthesized({ pagerConcurrency: 5 });
    expect(reservedIn(set)).toEqual({ 'Deliver.handler': 5, 'Escalate.handler': 5 });
    expect(limitsIn(set)).toEqual([
      [expect.stringMatching(/^Escalate/), { MaximumConcurrency: 5 }],
      [expect.stringMatching(/^Deliver/), { MaximumConcurrency: 5 }],
      bulk,
    ]);
  });
});

const Pool = z.object({
  AdminCreateUserConfig: z.object({
    AllowAdminCreateUserOnly: z.literal(true),
    InviteMessageTemplate: z.object({ EmailMessage: z.unknown(), EmailSubject: z.string() }),
  }),
});
const invitationIn = ({ ofType }: Made) => {
  const { AdminCreateUserConfig: config } = Pool.parse(ofType('AWS::Cognito::UserPool')[0]?.Properties);
  const { EmailMessage: message, EmailSubject: subject } = config.InviteMessageTemplate;
  return { message, subject };
};

describe('[F89] what holds data', () => {
  /** Types whose resources keep something that people wrote, did or must be able to look up. */
  const kept = [
    'AWS::Cognito::UserPool',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SecretsManager::Secret',
  ];
  const retainedIn = ({ resources }: Made) => [
    ...new Set(resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain').map(({ Type }) => Type)),
  ];
  /** What a change of a property would replace, and so delete. */
  const replacedAway = ({ resources }: Made) =>
    resources
      .filter(({ Type, UpdateReplacePolicy }) => kept.includes(Type) && UpdateReplacePolicy !== 'Retain')
      .map(({ id }) => id);

  test('stays when the stack goes or a resource is replaced: every resource of these types, and of no other', () => {
    // The gateway's leave to write logs belongs to the account and serves its other APIs too.
    expect(retainedIn(made).sort()).toEqual(['AWS::ApiGateway::Account', 'AWS::IAM::Role', ...kept].sort());
    expect(replacedAway(made)).toEqual([]);
  });

  test('goes with a trial, all of it', () => {
    expect(retainedIn(synthesize({ context: { trial: 'true' } }))).toEqual([]);
  });
});

describe('the first person', () => {
  test('is made a user of the pool, whose address counts as verified, and is invited by mail', () => {
    expect(made.ofType('AWS::Cognito::UserPoolUser').map(({ Properties: own }) => own)).toEqual([
      {
        UserPoolId: { Ref: expect.stringMatching(/^SignInUsers/) },
        Username: 'admin@example.com',
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: 'admin@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
      },
    ]);
  });

  test('reads in the invitation where the console is, who invites, and with what to sign in', () => {
    const { message, subject } = invitationIn(made);
    const mail = text(message);
    for (const part of [/https:\/\/<ConsoleDistribution\w+>/, /Example/, /\{username\}/, /\{####\}/])
      expect(mail).toMatch(part);
    expect(subject).toBe('Example: your access to incident management');
  });

  test('cannot be shown markup by the name of the organisation', () => {
    const { message, subject } = invitationIn(
      synthesize({ context: { organisation: 'A<b>&{####}\r\nBcc: x' } }),
    );
    expect(subject).not.toMatch(/[<>&{}\r\n]/);
    expect(text(message)).not.toContain('<b>');
  });
});

describe('a second stack of the same checkout', () => {
  test('has the name of its settings, and all else as the first', () => {
    const second = synthesized({ stackName: 'Trial' });
    expect([made.stack.stackName, second.stack.stackName]).toEqual(['IncidentManagement', 'Trial']);
    const types = ({ resources }: Made) => resources.map(({ Type }) => Type);
    expect(types(second)).toEqual(types(made));
  });
});
