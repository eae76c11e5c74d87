import { afterAll, beforeAll } from 'vitest';
import type { Target } from '../../support/contract.ts';
import { itemContract } from './items.ts';
import { limitContract } from './limits.ts';
import { queryContract } from './queries.ts';
import { transactionContract } from './transactions.ts';

/** What the adapters of the table need from what is below the SDK's client. */
export function tableContract(start: () => Promise<Target>): void {
  let target: Target;
  beforeAll(async () => {
    target = await start();
  });
  afterAll(() => target.stop());

  itemContract();
  queryContract();
  transactionContract();
  limitContract();
}
