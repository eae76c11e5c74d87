import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

interface Billed {
  readonly CapacityUnits?: number;
}

/** Counts what the writes of this process are billed, indexes and transactions included; a condition that fails is not. */
export function countWriteUnits(): { readonly taken: () => number; readonly stop: () => void } {
  const { prototype } = DynamoDBDocumentClient;
  const { send } = prototype;
  let units = 0;
  prototype.send = async function (this: DynamoDBDocumentClient, ...[command, ...more]: unknown[]) {
    const { input } = command as { readonly input: Record<string, unknown> };
    const isWrite = /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(String(command?.constructor.name));
    if (isWrite) input.ReturnConsumedCapacity = 'TOTAL';
    const answer = await Reflect.apply(send, this, [command, ...more]);
    const billed = (answer as { readonly ConsumedCapacity?: Billed | readonly Billed[] }).ConsumedCapacity;
    if (isWrite && billed) for (const { CapacityUnits = 0 } of [billed].flat()) units += CapacityUnits;
    return answer;
  } as typeof send;
  return {
    taken() {
      const counted = units;
      units = 0;
      return counted;
    },
    stop() {
      prototype.send = send;
    },
  };
}
