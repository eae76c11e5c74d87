import { App, Aws, Stack, Token } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { NodeFunction } from '../../infra/constructs/node-function.ts';
import { refuseSecrets } from '../../infra/constructs/refuse-secrets.ts';
import { retention } from '../../infra/constructs/retention.ts';

describe('[F88] a variable that looks like a secret', () => {
  test.each([
    ['SIGNING_SECRET', 'hunter2'],
    ['DB_PASSWORD', 'x'],
    ['SLACK_TOKEN', 'x'],
    ['API_KEY', 'x'],
    ['ANYTHING', `AKIA${'A1B2C3D4E5F6G7H8'}`],
    ['ANYTHING', `-----BEGIN ${'RSA PRIVATE'} KEY-----`],
    ['ANYTHING', `Bearer ${'abc'}`],
    ['ANYTHING', `ghp_${'0123456789abcdef'}`],
    ['ANYTHING', 'q9Zk3vT1xP8mW5bN7cR2dF4gH6jL0sAy'],
  ])('is refused by name: %s', (name, value) => {
    expect(() => refuseSecrets('Receive', { GOOD: 'fine', [name]: value })).toThrow(
      `Receive: ${name} looks like a secret in the environment. Store it in Secrets Manager and pass its ARN.`,
    );
  });

  test.each([
    ['SECRET_ARN', Token.asString({ Ref: 'Secret' })],
    ['TABLE_NAME', `events-${Aws.REGION}`],
    ['MAIL_FROM', 'incidents@example.com'],
    ['NODE_OPTIONS', '--enable-source-maps'],
  ])('is told from an ordinary one: %s', (name, value) => {
    expect(() => refuseSecrets('Receive', { [name]: value })).not.toThrow();
  });

  test('stops the synthesis of its function', () => {
    const stack = new Stack(new App(), 'Sample');
    const make = (environment: Record<string, string>) =>
      new NodeFunction(stack, 'Receive', {
        folder: import.meta.dirname,
        environment,
        traced: true,
        keep: retention(true),
      });
    expect(() => make({ SENTRY_TOKEN: 'abc' })).toThrow('Receive: SENTRY_TOKEN looks like a secret');
  });
});
