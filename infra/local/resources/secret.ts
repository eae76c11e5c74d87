import { createHash, randomInt } from 'node:crypto';
import * as z from 'zod';
import type { Core } from '../core.ts';
import type { ResourceKind } from '../resource.ts';
import { physicalName } from './identity.ts';

const Properties = z.looseObject({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .looseObject({
      PasswordLength: z.coerce.number().int().default(32),
      ExcludeCharacters: z.string().default(''),
      ExcludePunctuation: z.boolean().default(false),
      ExcludeUppercase: z.boolean().default(false),
      ExcludeLowercase: z.boolean().default(false),
      ExcludeNumbers: z.boolean().default(false),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
    })
    .optional(),
});

type Generate = NonNullable<z.infer<typeof Properties>['GenerateSecretString']>;

/** A secret, made at the first start and kept in the data folder. */
export const secret: ResourceKind = {
  type: 'AWS::SecretsManager::Secret',
  phase: 'secret',
  identity(declared, account) {
    // Six characters, as AWS adds them; readers of the ARN split them off.
    const suffix = createHash('sha256').update(declared.id).digest('hex').slice(0, 6);
    const name = physicalName(declared, 'Name');
    const arn = `arn:aws:secretsmanager:${account.region}:${account.id}:secret:${name}-${suffix}`;
    return { ref: arn, attributes: { Id: arn } };
  },
  async start({ identity, properties }, world: Core) {
    const { SecretString, GenerateSecretString } = Properties.parse(properties);
    world.secrets.define(identity.ref, () => SecretString ?? generate(GenerateSecretString));
    return undefined;
  },
};

function generate(options: Generate | undefined): string {
  const password = randomText(options);
  if (options?.SecretStringTemplate === undefined || options.GenerateStringKey === undefined) return password;
  return JSON.stringify({
    ...JSON.parse(options.SecretStringTemplate),
    [options.GenerateStringKey]: password,
  });
}

function randomText(options: Generate | undefined): string {
  const alphabet = [
    options?.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    options?.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    options?.ExcludeNumbers ? '' : '0123456789',
    options?.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  ]
    .join('')
    .split('')
    .filter((character) => !options?.ExcludeCharacters.includes(character));
  return Array.from(
    { length: options?.PasswordLength ?? 32 },
    () => alphabet[randomInt(alphabet.length)],
  ).join('');
}
