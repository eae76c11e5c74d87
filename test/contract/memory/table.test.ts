import { vi } from 'vitest';
import { tableContract } from '../suites/table.ts';
import { memoryTableTarget } from './targets.ts';

vi.mock('@aws-sdk/lib-dynamodb', async () => (await import('./sdk.ts')).sdkModule('@aws-sdk/lib-dynamodb'));

tableContract(memoryTableTarget);
