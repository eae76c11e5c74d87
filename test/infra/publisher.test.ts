import { beforeAll, describe, expect, test } from 'vitest';
import { permits } from '../../infra/permits.ts';
import { functions } from '../../shared/wiring/index.ts';
import { type Made, references, synthesized, text } from './synthesized.ts';

let made: Made;
beforeAll(() => {
  made = synthesized();
});

/** `action resource`, one by one, beyond a function's own log. */
function leave(name: string): readonly string[] {
  const roles = made.ofType('AWS::IAM::Role').filter(({ id }) => id.startsWith(`${name}Role`));
  const granted = roles
    .flatMap(made.statementsOf)
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource].flat().map((one) => `${action} ${text(one).replaceAll(/[0-9A-F]{8}(?=\b|>|\.)/g, '')}`),
        ),
    );
  return granted.filter((one) => !one.startsWith('logs:'));
}

test('the bucket of the status site is named to those alone who may use it', () => {
  const named = Object.entries(functions).filter(([, { env }]) =>
    (env as readonly string[]).includes('statusBucket'),
  );
  const allowed = Object.entries(permits).filter(([, { pages }]) => pages !== undefined);
  expect(named.map(([name]) => name)).toEqual(allowed.map(([name]) => name));
});

describe('[F85] the publisher', () => {
  test('needs the bucket of the status site, and its own queue', () => {
    const may = leave('Publish').filter((one) => !one.startsWith('sqs:'));
    expect(may).toEqual([
      's3:ListBucket <StatusBucket>',
      's3:GetObject <StatusBucket>/private/*',
      's3:PutObject <StatusBucket>/private/*',
      's3:PutObject <StatusBucket>/public/*',
    ]);
    expect(functions.Publish.env).toEqual(['publishQueue', 'statusBucket', 'statusUrl', 'publicUrl']);
  });

  test('is asked for a page that time alone has changed by a function that only reads', () => {
    const may = leave('Refresh').filter((one) => !/sqs:Get/.test(one));
    expect(may).toEqual([
      's3:ListBucket <StatusBucket>',
      's3:GetObject <StatusBucket>/private/*',
      'sqs:SendMessage <StoresPublishQueue>',
    ]);
  });

  test('has no batch that waits for company, and tells which part of one failed', () => {
    const [own] = made
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties }) => references(Properties.FunctionName).some((id) => id.startsWith('Publish')));
    expect(own?.Properties).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(own?.Properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });
});
