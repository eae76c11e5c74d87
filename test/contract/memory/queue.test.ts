import { vi } from 'vitest';
import { queueContract } from '../suites/queue.ts';
import { memoryQueueTarget } from './targets.ts';

vi.mock('@aws-sdk/client-sqs', async (real) =>
  (await import('./sdk.ts')).sdkModule('@aws-sdk/client-sqs', await real()),
);

queueContract(memoryQueueTarget);
