import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type FunctionName, functions } from '../../shared/wiring/index.ts';
import { type Made, references, synthesized, text } from './synthesized.ts';

const many = z.unknown().transform((one) => (Array.isArray(one) ? one : [one]) as unknown[]);
const Statement = z.object({ Action: many.pipe(z.array(z.string())), Resource: many });

let made: Made;
beforeAll(() => {
  made = synthesized();
});

const names = Object.keys(functions) as FunctionName[];

/** Everything that the role of a function says. */
function statementsOf(name: FunctionName) {
  const own = made
    .ofType('AWS::Lambda::Function')
    .find(({ Properties }) => Properties.Handler === `${name}.handler`);
  const [id] = references(own?.Properties.Role);
  const role = made.resources.find((one) => one.id === id);
  if (role === undefined) throw new Error(`No role of ${name}`);
  return z.array(Statement).parse(made.statementsOf(role));
}

describe('the permits on what people paste and what senders send', () => {
  test('let the war room alone touch the credentials of video providers, only deliveries read the settings of channels, only what receives alerts the secrets of integrations, and only what runs runbooks the tokens of clusters', () => {
    const ofParameters = Object.fromEntries(
      names.flatMap((name) => {
        const some = statementsOf(name).filter(({ Action }) => /^ssm:/.test(String(Action)));
        return some.length > 0 ? [[name, some]] : [];
      }),
    );
    const path = (of: string) => [
      expect.stringMatching(new RegExp(`:ssm:.*:parameter/incident-management/<AWS::StackName>/${of}/\\*$`)),
    ];
    const shown = Object.entries(ofParameters).map(([name, some]) => [
      name,
      ...some.map(({ Action, Resource }) => [Action, Resource.map(text)]),
    ]);
    expect(shown).toEqual([
      ['Receive', [['ssm:GetParameter'], path('integrations')]],
      ['Alerts', [['ssm:DeleteParameter', 'ssm:PutParameter'], path('integrations')]],
      ['OnCall', [['ssm:DeleteParameter', 'ssm:PutParameter'], path('channels')]],
      ['WarRoom', [['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'], path('video')]],
      ['Runbooks', [['ssm:DeleteParameter', 'ssm:PutParameter'], path('clusters')]],
      ['Deliver', [['ssm:GetParameter'], path('channels')]],
      ['Execute', [['ssm:GetParameter'], path('clusters')]],
    ]);
  });

  test('let what receives alerts write their bodies and never read them, and what shows them read and never write', () => {
    const ofBucket = (name: FunctionName) =>
      statementsOf(name)
        .filter(({ Resource }) => Resource.some((one) => text(one).includes('StoresDeliveries')))
        .flatMap(({ Action }) => Action);
    expect(names.filter((name) => ofBucket(name).length > 0)).toEqual(['Receive', 'ReceiveMail', 'Alerts']);
    expect(ofBucket('Receive')).toEqual(['s3:PutObject']);
    // What it reads are mails, which lie in a folder of their own: test/infra/inbound-mail.test.ts.
    expect(ofBucket('ReceiveMail')).toEqual(['s3:PutObject', 's3:GetObject']);
    expect(ofBucket('Alerts')).toEqual(['s3:ListBucket', 's3:GetObject']);
  });
});
