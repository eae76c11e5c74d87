import { ParameterNotFound } from '@aws-sdk/client-ssm';
import { notKnown } from './tokens.ts';
import type { Engine } from './world.ts';

interface Asked {
  readonly Name?: string;
  readonly Value?: string;
}

/** Parameter Store in memory: secrets by name, which whoever writes overwrites. */
export class MemoryParameters implements Engine {
  readonly #values = new Map<string, string>();

  call(operation: string, input: unknown): unknown {
    const { Name = '', Value = '' } = input as Asked;
    if (operation === 'PutParameter') {
      this.#values.set(Name, Value);
      return {};
    }
    const value = this.#values.get(Name);
    if (operation !== 'GetParameter' && operation !== 'DeleteParameter')
      throw notKnown(`${operation} of Parameter Store`);
    if (value === undefined) throw new ParameterNotFound({ $metadata: { httpStatusCode: 400 }, message: '' });
    if (operation === 'DeleteParameter') this.#values.delete(Name);
    return { Parameter: { Name, Value: value } };
  }
}
