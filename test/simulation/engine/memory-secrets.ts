import { ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { notKnown } from './tokens.ts';
import type { Engine } from './world.ts';

/** Secrets Manager in memory: secrets by the id that functions ask for. */
export class MemorySecrets implements Engine {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Readonly<Record<string, string>>) {
    this.#values = new Map(Object.entries(values));
  }

  call(operation: string, input: unknown): unknown {
    if (operation !== 'GetSecretValue') throw notKnown(`${operation} of Secrets Manager`);
    const { SecretId: id = '' } = input as { readonly SecretId?: string };
    const value = this.#values.get(id);
    if (value === undefined) {
      throw new ResourceNotFoundException({
        $metadata: { httpStatusCode: 400 },
        message: "Secrets Manager can't find the specified secret.",
      });
    }
    return { ARN: id, Name: id, SecretString: value };
  }
}
